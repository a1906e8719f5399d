"""What becomes of campaigns that failed while the others were taken on."""

from collections.abc import Mapping


def raise_failures(failures: Mapping[str, Exception]) -> None:
    """Raise what was put on record by campaign: a single failure as it is, several as a group; nothing without any."""
    if failures:
        found = list(failures.values())
        raise found[0] if len(found) == 1 else ExceptionGroup("several campaigns failed", found)
