"""Samples of three other places: small, invented below their published totals, and written through the actions."""
