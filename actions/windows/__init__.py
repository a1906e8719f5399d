"""What concerns a window: its days, what is due to it, what its gate is decided by."""
