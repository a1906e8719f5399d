"""The home's key: seals addresses before they are stored, and opens them at the moment of sending."""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.errors import Refusal


class Seal:
    """Seal short texts with one key (Fernet: AES-128-CBC with HMAC-SHA256)."""

    def __init__(self, key: str) -> None:
        """Take the key as 32 bytes in URL-safe base64; Refusal when it is anything else."""
        try:
            self._fernet = Fernet(key)
        except ValueError:
            raise Refusal("key: not a key of this product (32 bytes in URL-safe base64)") from None
        self._key = key.encode()
        self._digest_key = hashlib.sha256(b"fingerprint:" + key.encode()).digest()

    def close(self, text: str) -> str:
        """Return the text sealed; sealing it again gives another result that opens to the same."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the text; Refusal when it was sealed with another key."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise Refusal(
                "an address cannot be opened: the key in the home folder is not the one it was sealed with"
            ) from None

    def fingerprint(self, text: str) -> str:
        """Return the keyed digest of a text, the same every time: finds it again without opening any."""
        return hmac.new(self._digest_key, text.encode(), hashlib.sha256).hexdigest()

    def derive(self, purpose: str) -> bytes:
        """Return a key of 32 bytes for another purpose (HKDF, RFC 5869); it tells nothing of this one or the others."""
        return HKDF(SHA256(), length=32, salt=None, info=f"rollcall:{purpose}".encode()).derive(self._key)
