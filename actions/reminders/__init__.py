"""What the sweep is made of: what is due, and who is told."""
