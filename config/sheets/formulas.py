"""Text that a spreadsheet would run as a formula: guarded on its way out, and as it was on its way back."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Spreadsheets in East Asian languages take the full-width signs for the plain ones."""
_GUARD = "'"


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula where it opens a file of text.

    Text that looks as if it had one already gets another, so that `unguarded` gives back whatever it was.
    """
    return f"{_GUARD}{text}" if text.lstrip(_GUARD).startswith(_STARTS_A_FORMULA) else text


def kept(text: str) -> str:
    """Return a text as a workbook holds it, which runs no text: guarded only where it looks as if it were already."""
    return guarded(text) if text.startswith(_GUARD) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that `guarded` or `kept` has put before a text."""
    if not text.startswith(_GUARD) or not text.lstrip(_GUARD).startswith(_STARTS_A_FORMULA):
        return text
    return text[len(_GUARD) :]
