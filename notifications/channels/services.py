"""What is known of services before any of them is opened."""

REPEATABLE = frozenset({"folder", "log"})
"""Services where a repeat does no harm: it leaves one message, or one that its key shows to be the same.

Several messages may be in flight to them at once, and what may or may not have arrived is sent again.
To every other service messages go one at a time, and a doubtful one waits for a person.
"""


def is_repeatable(service: str) -> bool:
    """Tell whether a message may be sent to the service again without harm."""
    return service in REPEATABLE
