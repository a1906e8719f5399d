"""Plain words for what Pydantic finds wrong."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

_WORDS: Mapping[str, str] = {
    "bool_parsing": 'must be true or false, not "{input}"',
    "bool_type": "must be true or false",
    "decimal_parsing": 'must be a number, not "{input}"',
    "decimal_type": "must be a number",
    "enum": 'must be one of {expected}, not "{input}"',
    "greater_than_equal": "must be at least {ge}, not {input}",
    "int_from_float": 'must be a whole number, not "{input}"',
    "int_parsing": 'must be a whole number, not "{input}"',
    "int_type": "must be a whole number",
    "less_than_equal": "must be at most {le}, not {input}",
    "missing": "is missing",
    "model_type": "must be a mapping, keys with values",
    "path_type": "must be the path of a folder",
    "string_too_long": "must be at most {max_length} characters long",
    "string_too_short": "must not be empty",
    "string_type": "must be text",
    "too_short": "must have at least one entry",
    "tuple_type": "must be a list",
}


def describe(error: ErrorDetails) -> str:
    """Say what is wrong with a value, without saying where; in one line."""
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    if error["type"] == "enum":
        context = {"expected": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    words = _WORDS.get(error["type"])
    return words.format(**{"input": error["input"], **context}) if words else error["msg"]
