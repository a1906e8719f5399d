"""Write Word documents out of a template that an office may replace, and facts that it may name."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage  # type: ignore[import-untyped]  # has no types of its own
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from config.errors import Refusal
from config.vocabulary import Language
from reports.charts import Drawing
from reports.faults import fault, unknown_names
from reports.spread import keep_first_columns
from reports.text import fit

TEMPLATES = Path(__file__).parent / "templates"
PICTURE_WIDTH = Cm(15.6)
MOST_BYTES = 20 * 1024 * 1024
"""How much a template may hold when it is unpacked."""
MISSING = re.compile(r"has no attribute '(\w+)'|^'(\w+)' is undefined")
"""How Jinja2 says that a row or a mapping has not what was named."""
UNDATED = (1980, 1, 1, 0, 0, 0)
"""The day that all entries of a package bear, so that the same document is the same file."""


def template_of(name: str, language: Language) -> Path:
    """Return the template that comes with Rollcall, such as `summary` in Chinese."""
    return TEMPLATES / f"{name}.{language}.docx"


def write_word(
    template: Path, facts: Mapping[str, Any], *, charts: Sequence[Drawing] = (), written_at: datetime
) -> bytes:
    """Fill a template; the same facts at the same instant give the same file.

    It may name the facts and `charts`, and use what Jinja2 offers in a sandbox. Raises Refusal for a file that is
    no Word document, and for a template that names what is not there or reaches for what it must not.
    """
    _check(template)
    document = DocxTemplate(template)
    drawn = [{"title": drawing.title, "picture": _picture(document, drawing)} for drawing in charts]
    context = {**_fitted(facts), "charts": drawn}
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        unknown = document.get_undeclared_template_variables(environment, context)
        if unknown:
            raise unknown_names(template, unknown, context)
        document.render(context, environment, autoescape=True)
        keep_first_columns(document.docx.element.body)
        document.core_properties.created = document.core_properties.modified = written_at.astimezone(UTC)
        file = BytesIO()
        document.save(file)
    except UndefinedError as error:
        missing = MISSING.search(str(error))
        raise (
            unknown_names(template, filter(None, missing.groups()), context) if missing else fault(template, str(error))
        ) from error
    except (TemplateError, SyntaxError, OverflowError, TypeError, ValueError, KeyError) as error:
        raise fault(template, str(error)) from error
    return same_bytes(file.getvalue())


def same_bytes(package: bytes) -> bytes:
    """Take the hour of writing out of a package."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, UNDATED), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _check(template: Path) -> None:
    """Refuse a file that is no Word document, or one that unpacks into more than any template holds."""
    try:
        with zipfile.ZipFile(template) as package:
            size = sum(entry.file_size for entry in package.infolist())
        if size > MOST_BYTES:
            raise Refusal("template {file}: is larger than a template may be", file=template)
        DocxTemplate(template).get_docx()
    except FileNotFoundError:
        raise Refusal("template {file}: there is no such file", file=template) from None
    except (OSError, zipfile.BadZipFile, PackageNotFoundError, SyntaxError, KeyError, ValueError) as error:
        raise Refusal("template {file}: is no Word document (.docx)", file=template) from error


def _picture(document: DocxTemplate, drawing: Drawing) -> InlineImage:
    return InlineImage(document, BytesIO(drawing.picture), width=PICTURE_WIDTH)


def _fitted(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _fit(value) for name, value in facts.items()}


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, Mapping):
        return _fitted(value)
    if isinstance(value, list):
        return [_fit(each) for each in value]
    return value
