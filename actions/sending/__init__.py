"""What lies between two transactions of a delivery: channels are opened, and messages handed over."""
