"""Numbers that officers are called at, before they are kept."""

from config.errors import Refusal, WrongValue
from config.phones import read_number


def check_phone(number: str) -> str:
    """Return a number as it is kept; Refusal for what is none, without showing it."""
    try:
        return read_number(number)
    except WrongValue as wrong:
        raise Refusal("telephone: {why}", why=wrong.said) from None
