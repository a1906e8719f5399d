"""Services that messages are sent to, on this machine: they behave as their documents say, and count what arrives."""
