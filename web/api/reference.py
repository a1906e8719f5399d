"""The reference page: the OpenAPI document for people, written on the server, with nothing loaded from elsewhere."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from web.api.callers import anyone
from web.api.document import Document
from web.rendering import page

router = APIRouter()

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field: where it stands, of which type it is, and what it means."""

    name: str
    place: str
    type: str
    refers_to: str | None
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which an operation may end, and the form of its body."""

    status: str
    description: str
    refers_to: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation with all that there is to know to call it; `example` is a body, `file` says what it has to be."""

    name: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    takes: str | None
    file: str | None
    example: str | None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a body, or the words that a field takes."""

    name: str
    description: str
    fields: tuple[Field, ...]
    words: tuple[str, ...]
    example: str | None


@router.get("/docs")
def show_reference(request: Request) -> Response:
    """Show the reference to anyone: it tells nothing of anybody."""
    document: Document = request.app.openapi()
    schemas: Mapping[str, Schema] = document["components"]["schemas"]
    operations = [
        _operation(path, method, found, schemas, document["servers"][0]["url"])
        for path, methods in document["paths"].items()
        for method, found in methods.items()
    ]
    return page(
        anyone(request),
        "reference.html",
        description=document["info"]["description"],
        tags=document["tags"],
        operations=operations,
        forms=[_form(name, schema) for name, schema in sorted(schemas.items())],
    )


def _operation(path: str, method: str, found: Schema, schemas: Mapping[str, Schema], prefix: str) -> Operation:
    body = found.get("requestBody", {})
    takes = _body_of(body)
    return Operation(
        name=found["operationId"],
        tag=found["tags"][0],
        method=method.upper(),
        path=prefix + path,
        summary=found["summary"],
        description=found["description"] if found["description"] != found["summary"] else "",
        parameters=tuple(_parameter(each) for each in found.get("parameters", ())),
        takes=takes,
        file=None if takes else body.get("description"),
        example=_example_of(schemas[takes]) if takes else None,
        outcomes=tuple(
            Outcome(status, answer["description"], _body_of(answer)) for status, answer in found["responses"].items()
        ),
    )


def _parameter(found: Schema) -> Field:
    words, refers_to = _type_of(found["schema"])
    words = words.removesuffix(" or null")  # it is left out then
    return Field(found["name"], found["in"], words, refers_to, found.get("required", False), found["description"])


def _form(name: str, schema: Schema) -> Form:
    required = set(schema.get("required", ()))
    fields = []
    for field, found in schema.get("properties", {}).items():
        words, refers_to = _type_of(found)
        fields.append(Field(field, "body", words, refers_to, field in required, found.get("description", "")))
    return Form(name, schema.get("description", ""), tuple(fields), tuple(schema.get("enum", ())), _example_of(schema))


def _type_of(schema: Schema) -> tuple[str, str | None]:
    """Say of which type a value is in a few words, and which form it refers to."""
    if "$ref" in schema:
        name = _name_of(schema["$ref"])
        return name, name
    if "anyOf" in schema:
        return _any_of(schema["anyOf"])
    if schema.get("type") == "array":
        words, refers_to = _type_of(schema["items"])
        return f"list of {words}", refers_to
    words = str(schema.get("type", "anything"))
    return (f"{words} ({schema['format']})" if "format" in schema else words), None


def _any_of(choices: Sequence[Schema]) -> tuple[str, str | None]:
    found = [_type_of(choice) for choice in choices]
    return " or ".join(words for words, _ in found), next((name for _, name in found if name), None)


def _body_of(answer: Schema) -> str | None:
    """Name the form of a body; None where there is none, or where it is a file."""
    for content in answer.get("content", {}).values():
        reference = content["schema"].get("$ref")
        return _name_of(reference) if reference else None
    return None


def _name_of(reference: str) -> str:
    return reference.rpartition("/")[2]


def _example_of(schema: Schema) -> str | None:
    for example in schema.get("examples", ()):
        return json.dumps(example, ensure_ascii=False, indent=2)
    return None
