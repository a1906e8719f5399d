"""The provider of single sign-on: OpenID Connect's authorization code flow, with PKCE, state and nonce."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from actions.log_in_by_subject import Proved
from config.errors import Refusal
from config.settings import SingleSignOn

LASTS = timedelta(minutes=10)
"""How long somebody may take at the provider."""

_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by a key that the provider alone has; `none` and those by a shared secret are not among them."""

_WAIT_S = 10
_CLOCKS_APART_S = 60
_VERIFIER = 48
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that was begun at the provider, as the browser keeps it: what the answer has to fit."""

    state: str
    nonce: str
    verifier: str
    next_page: str
    ends_at: int

    @classmethod
    def anew(cls, next_page: str, now: datetime) -> "Begun":
        """Begin one."""
        state, nonce, verifier = generate_token(), generate_token(), generate_token(_VERIFIER)
        return cls(state, nonce, verifier, next_page, int((now + LASTS).timestamp()))

    def as_text(self) -> str:
        """Write it for the cookie."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Begun":
        """Read what we wrote."""
        return cls(**json.loads(text))


def address_at_provider(sign_on: SingleSignOn, begun: Begun, comes_back_to: str) -> str:
    """Return where to send a browser; Refusal when the provider cannot be reached."""
    return str(
        prepare_grant_uri(
            _text_in(_discover(sign_on), "authorization_endpoint"),
            client_id=sign_on.client_id,
            response_type="code",
            redirect_uri=comes_back_to,
            scope="openid email",
            state=begun.state,
            nonce=begun.nonce,
            code_challenge=create_s256_code_challenge(begun.verifier),
            code_challenge_method="S256",
        )
    )


def prove(
    sign_on: SingleSignOn, begun: Begun | None, answer: Mapping[str, str], comes_back_to: str, *, now: datetime
) -> Proved:
    """Return who the provider says it is that came back with an answer.

    Raises Refusal, in one line, for an answer to a login that this browser did not begin or began too long ago,
    for a provider that says no or cannot be reached, and for an id_token that does not hold: another signature,
    issuer, audience or nonce, or over its time.
    """
    if begun is None or begun.state != answer.get("state") or begun.ends_at <= now.timestamp():
        raise Refusal("single sign-on: this browser did not begin it, or too long ago; begin again")
    if "code" not in answer:
        said = answer.get("error", "")[:_LONGEST_WORDS] or "?"
        raise Refusal("single sign-on: the provider said no ({said})", said=said)
    known = _discover(sign_on)
    tokens = _redeem(sign_on, known, begun, answer["code"], comes_back_to)
    claims = _check(sign_on, begun, tokens, _ask("GET", _text_in(known, "jwks_uri")), now)
    email = claims.get("email") if claims.get("email_verified") is True else None
    return Proved(str(claims["sub"]), email if isinstance(email, str) else None)


def _discover(sign_on: SingleSignOn) -> dict[str, Any]:
    known = _ask("GET", f"{sign_on.issuer.rstrip('/')}/.well-known/openid-configuration")
    if known.get("issuer") != sign_on.issuer:
        raise Refusal("single sign-on: the provider calls itself otherwise than ROLLCALL_OIDC_ISSUER does")
    return known


def _redeem(
    sign_on: SingleSignOn, known: Mapping[str, Any], begun: Begun, code: str, comes_back_to: str
) -> dict[str, Any]:
    """Change the code for tokens, proving who we are the way that the provider takes (RFC 6749, 2.3.1)."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": comes_back_to,
        "code_verifier": begun.verifier,
    }
    basic = None
    if sign_on.client_secret is None:
        form["client_id"] = sign_on.client_id
    elif "client_secret_basic" in known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        basic = httpx.BasicAuth(quote(sign_on.client_id, safe=""), quote(sign_on.client_secret, safe=""))
    else:
        form |= {"client_id": sign_on.client_id, "client_secret": sign_on.client_secret}
    return _ask("POST", _text_in(known, "token_endpoint"), form, basic)


def _check(
    sign_on: SingleSignOn, begun: Begun, tokens: Mapping[str, Any], keys: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    options = {
        "iss": {"essential": True, "value": sign_on.issuer},
        "aud": {"essential": True, "value": sign_on.client_id},
    }
    params = {"nonce": begun.nonce, "client_id": sign_on.client_id, "access_token": tokens.get("access_token")}
    try:
        token = jwt.decode(_text_in(tokens, "id_token"), KeySet.import_key_set(keys), algorithms=_ALGORITHMS)  # type: ignore[arg-type]
        claims = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=_CLOCKS_APART_S)
    except (JoseError, KeyError, TypeError, ValueError) as error:
        why = " ".join(str(error).split())[:_LONGEST_WORDS]
        raise Refusal("single sign-on: what the provider answered does not hold ({why})", why=why) from None
    return dict(claims)


def _ask(
    method: str, address: str, form: Mapping[str, str] | None = None, basic: httpx.BasicAuth | None = None
) -> dict[str, Any]:
    """Ask the provider, and return the object that it answers with; redirects are not followed."""
    try:
        answer = httpx.request(method, address, data=form, auth=basic, timeout=_WAIT_S)
        said = answer.raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise _unreachable() from None
    if not isinstance(said, dict):
        raise _unreachable()
    return said


def _unreachable() -> Refusal:
    return Refusal("single sign-on: the provider cannot be reached, or does not answer as it should; try again later")


def _text_in(known: Mapping[str, Any], name: str) -> str:
    value = known.get(name)
    if not isinstance(value, str):
        raise _unreachable()
    return value
