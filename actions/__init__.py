"""What people and flows do: one verb a file, one transaction an action."""
