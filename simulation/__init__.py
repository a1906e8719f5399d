"""Branches that answer, from a seed, so that a campaign can be seen at work."""
