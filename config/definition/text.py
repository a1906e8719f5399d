"""Text in the languages that people read."""

from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from config.errors import WrongValue
from config.vocabulary import Language

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Text(BaseModel):
    """Say one thing in Chinese, in English or in both; a bare string in a file counts for both."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    zh: Words | None = None
    """The text in Chinese."""
    en: Words | None = None
    """The text in English."""

    @classmethod
    def same(cls, words: str) -> Self:
        """Make a text that reads the same in every language."""
        return cls(zh=words, en=words)

    def of(self, language: Language) -> str:
        """Give the text in `language`, or in the other one where it was not written."""
        first, second = (self.zh, self.en) if language is Language.ZH else (self.en, self.zh)
        return first or second or ""

    def __str__(self) -> str:
        """Return the text as it stands in a sentence in English, which is then said in other languages."""
        return self.of(Language.EN)

    @model_validator(mode="before")
    @classmethod
    def _take_bare_string(cls, value: Any) -> Any:
        return {"zh": value, "en": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _need_one_language(self) -> Self:
        if self.zh is None and self.en is None:
            raise WrongValue("needs zh, en or both")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        bare = {"type": "string", "minLength": 1, "description": "The same words in every language."}
        return {"anyOf": [bare, {**handler(schema), "minProperties": 1}], "description": "A bare string, or zh and en."}


@dataclass(frozen=True, slots=True)
class Titled:
    """Something that a sentence names: by its code where people type it, by its title on pages."""

    code: str
    title: Text

    def __str__(self) -> str:
        """Return the code, as it stands in a sentence that is shown in a terminal."""
        return self.code
