"""Plain words for what Pydantic finds wrong."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from config.errors import WrongValue
from config.said import Said

_WORDS: Mapping[str, Said] = {
    "bool_parsing": Said('must be true or false, not "{input}"'),
    "bool_type": Said("must be true or false"),
    "decimal_parsing": Said('must be a number, not "{input}"'),
    "decimal_type": Said("must be a number"),
    "enum": Said('must be one of {expected}, not "{input}"'),
    "finite_number": Said('must be a number, not "{input}"'),
    "greater_than_equal": Said("must be at least {ge}, not {input}"),
    "int_from_float": Said('must be a whole number, not "{input}"'),
    "int_parsing": Said('must be a whole number, not "{input}"'),
    "int_parsing_size": Said('must be a whole number, not "{input}"'),
    "int_type": Said("must be a whole number"),
    "less_than_equal": Said("must be at most {le}, not {input}"),
    "missing": Said("is missing"),
    "model_type": Said("must be a mapping, keys with values"),
    "path_type": Said("must be the path of a folder"),
    "string_too_long": Said("must be at most {max_length} characters long"),
    "string_too_short": Said("must not be empty"),
    "string_type": Said("must be text"),
    "too_short": Said("must have at least one entry"),
    "tuple_type": Said("must be a list"),
}


def describe(error: ErrorDetails) -> Said:
    """Say what is wrong with a value, without saying where; in one line."""
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == "value_error":
        cause = context["error"]
        return cause.said if isinstance(cause, WrongValue) else Said(str(cause))
    if error["type"] == "enum":
        context = {"expected": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    words = _WORDS.get(error["type"])
    return Said(words.sentence, **{"input": error["input"], **context}) if words else Said(error["msg"])
