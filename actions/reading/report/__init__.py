"""What reports say, read from what was recorded."""
