"""What it costs to bring a digest to every liaison officer, all bookkeeping included."""
