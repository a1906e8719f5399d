"""Short messages through a gateway."""
