"""What calendar feeds say, and where they are found: plain values, for somebody who cannot log in."""
