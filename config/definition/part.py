"""What the parts of a campaign file have in common."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a campaign file: fixed once read, and without room for a key that is not known."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )
