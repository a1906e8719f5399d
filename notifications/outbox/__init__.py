"""The outbox: what was decided to be said, on its way to people, through states that survive any crash."""
