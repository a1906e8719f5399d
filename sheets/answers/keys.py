"""What ties a row of answers together: whose work it is, which, and how that stood when the sheet was made."""

import hashlib

_DIGITS = 16


def key_of(*parts: str) -> str:
    """Return the digest of what a row was made with; another one once any of it was changed, or moved by itself.

    Blanks that an office program adds or takes away make no difference.
    """
    said = "\n".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]
