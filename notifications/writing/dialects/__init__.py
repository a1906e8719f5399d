"""How a message is written for each family of services."""
