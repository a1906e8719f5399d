"""Returns: forms that come each quarter, passed on from unit to unit."""
