"""Forms that came without a valid login: kept in the page, sealed, until somebody has logged in and sends them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from fastapi import Request
from itsdangerous import BadData, URLSafeSerializer
from starlette.datastructures import UploadFile

from web.forms import SentForm
from web.identity.cookies import Keys
from web.identity.csrf import FIELD

SECRETS = frozenset({"password", "old_password", "new_password", "new_password_again"})
"""Fields that no page shows again: a form with one of them is not kept."""

MOST = 256 * 1024
"""How many characters are kept in a page, names of fields included."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form: where it goes, what was typed into it, and which of its fields held files, that cannot be kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


async def read_form(request: Request) -> tuple[Kept, str]:
    """Read the form that a request brought, and what it bears against forms from elsewhere."""
    sent: SentForm | None = getattr(request.state, "sent", None)
    query = f"?{request.url.query}" if request.url.query else ""
    if sent is not None:
        typed = tuple((name, value) for name, value in sent.fields.items() if name != FIELD)
        return Kept(request.url.path + query, typed, (sent.file.field,) if sent.file else ()), sent.text(FIELD)
    form = await request.form()
    fields = tuple((name, value) for name, value in form.multi_items() if isinstance(value, str) and name != FIELD)
    files = dict.fromkeys(
        name for name, value in form.multi_items() if isinstance(value, UploadFile) and value.filename
    )
    brought = form.get(FIELD)
    return Kept(request.url.path + query, fields, tuple(files)), brought if isinstance(brought, str) else ""


def has_secrets(kept: Kept) -> bool:
    """Tell whether a password was typed into a form."""
    return any(name in SECRETS for name, _ in kept.fields)


def is_too_long(kept: Kept) -> bool:
    """Tell whether a page is not to bear all of a form."""
    return (
        len(kept.path) + sum(map(len, kept.files)) + sum(len(name) + len(value) for name, value in kept.fields) > MOST
    )


def seal_form(keys: Keys, browser: str, kept: Kept) -> str:
    """Return a form as text that only we make, and that only this browser brings back."""
    return str(_signer(keys).dumps([browser, asdict(kept)]))


def unseal_form(keys: Keys, browser: str | None, sealed: str) -> Kept | None:
    """Return a form that was sealed for this browser; None for anything else."""
    try:
        owner, kept = _signer(keys).loads(sealed)
    except (BadData, ValueError):
        return None
    if browser is None or owner != browser:
        return None
    return Kept(kept["path"], _pairs(kept["fields"]), tuple(kept["files"]))


def _pairs(fields: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in fields)


def _signer(keys: Keys) -> URLSafeSerializer:
    return URLSafeSerializer(keys.forms, salt="kept form")
