"""The gateway's own secret for keyed hashes of what is written; it encrypts nothing."""

import hmac
from pathlib import Path

from kiosk_app.gateway.key_file import key_in


class SecretKey:
    """Names what must not be read back: codes, addresses, request bodies (HMAC-SHA-256)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def from_file(cls, path: Path) -> "SecretKey":
        """The key in that file, which is made if there is none; raises `OSError`."""
        return cls(key_in(path))

    def name(self, *parts: str | bytes) -> str:
        """The hash of those parts in hexadecimal; each counts for itself, however they are cut."""
        mac = hmac.new(self._key, digestmod="sha256")
        for part in parts:
            data = part.encode() if isinstance(part, str) else part
            mac.update(len(data).to_bytes(8, "big") + data)
        return mac.hexdigest()
