"""A provider of OpenID Connect as its documents say: discovery, keys, and a token endpoint that checks PKCE.

OpenID Connect Core 1.0, Discovery 1.0; RFC 6749, 7517, 7519 and 7636.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt

from tests.peers.server import Answer, Request, serving

CLIENT, SECRET = "rollcall", "a secret of the client"
KEY_ID = "first"


@dataclass
class Person:
    """Who stands at the provider's own login page; `claims` are put over those of the id_token, None takes one out."""

    subject: str = "person-1"
    email: str | None = None
    email_verified: bool = True
    claims: Mapping[str, Any] = field(default_factory=dict)


@cache
def a_key(whose: str) -> jwk.RSAKey:
    """A key of somebody's; making one takes a while."""
    return jwk.RSAKey.generate_key(2048, {"kid": KEY_ID}, private=True)


class OpenIdProvider:
    """A provider; what it was asked stands in `asked`."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.origin = ""
        self.key = a_key("the provider's")
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget who was here and what was prepared."""
        self.person = Person()
        self.signs_with = self.key
        self.asked: list[Request] = []
        self.answers: dict[str, Answer] = {}
        self._granted: dict[str, dict[str, str]] = {}

    def authorize(self, address: str) -> str:
        """Let the person log in at the address that a browser was sent to; return where it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.origin}/authorize?")
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self._granted[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def respond(self, request: Request) -> Answer:
        self.asked.append(request)
        if request.path in self.answers:
            return self.answers[request.path]
        match request.method, request.path:
            case "GET", "/.well-known/openid-configuration":
                return Answer.of(self._discovery())
            case "GET", "/keys":
                return Answer.of({"keys": [self.key.as_dict(private=False)]})
            case "POST", "/token":
                return self._token(request)
        return Answer(404)

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.origin,
            "authorization_endpoint": f"{self.origin}/authorize",
            "token_endpoint": f"{self.origin}/token",
            "jwks_uri": f"{self.origin}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _token(self, request: Request) -> Answer:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return Answer.of({"error": "invalid_client"}, 401)
        asked = self._granted.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
        ):
            return Answer.of({"error": "invalid_grant"}, 400)
        return Answer.of({"access_token": "at", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])})

    def _id_token(self, nonce: str) -> str:
        issued = int(self.now.timestamp())
        claims = {
            "iss": self.origin,
            "sub": self.person.subject,
            "aud": CLIENT,
            "iat": issued,
            "exp": issued + 300,
            "nonce": nonce,
            "email": self.person.email,
            "email_verified": self.person.email_verified,
        } | self.person.claims
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": KEY_ID}, said, self.signs_with)


@contextmanager
def an_openid_provider(now: datetime) -> Iterator[OpenIdProvider]:
    """Run a provider for the length of the block, whose clock stands."""
    provider = OpenIdProvider(now)
    with serving(provider.respond) as origin:
        provider.origin = origin
        yield provider
