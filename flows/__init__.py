"""What happens when: plain sequences of actions that take the instant they run at."""
