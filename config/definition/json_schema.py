"""The campaign file's schema for editors and other programs."""

from typing import Any

from config.definition.schema import Definition


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a campaign file, as an editor checks and completes it.

    It knows every single key; what must fit together across entries only `load_definition` finds.
    """
    schema = Definition.model_json_schema()
    required = schema.pop("required")
    schema["properties"]["extends"] = {
        "description": "Another campaign, a ready one by its code or a file beside this one: whatever key is not given"
        " here at the top is taken from there.",
        "examples": ["baoding-2009"],
        "type": "string",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Rollcall campaign",
        "required": ["code"],
        "anyOf": [{"required": ["extends"]}, {"required": required}],
    }
