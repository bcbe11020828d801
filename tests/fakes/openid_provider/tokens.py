"""ID tokens of the sample provider: JWS (RFC 7515) in compact form, made by hand."""

import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_hex

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

_BYTES = 32


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class SigningKey:
    """One P-256 key with its id."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    key_id: str = field(default_factory=lambda: token_hex(8))

    def jwk(self) -> dict[str, str]:
        """The public key (RFC 7517)."""
        numbers = self.private.public_key().public_numbers()
        point = {"x": numbers.x, "y": numbers.y}
        coordinates = {name: _text(value.to_bytes(_BYTES, "big")) for name, value in point.items()}
        return {"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.key_id} | (
            coordinates
        )

    def sign(self, claims: dict[str, object]) -> str:
        """A token signed with ES256."""
        head = self._head("ES256", claims)
        signature = self.private.sign(head.encode(), ec.ECDSA(hashes.SHA256()))
        r, s = decode_dss_signature(signature)
        return f"{head}.{_text(r.to_bytes(_BYTES, 'big') + s.to_bytes(_BYTES, 'big'))}"

    def unsigned(self, claims: dict[str, object]) -> str:
        """A token that says it has no signature."""
        return self._head("none", claims) + "."

    def sign_with_public_key(self, claims: dict[str, object]) -> str:
        """A token "signed" by HMAC with what everybody knows."""
        public = self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        head = self._head("HS256", claims)
        return f"{head}.{_text(hmac.digest(public, head.encode(), sha256))}"

    def _head(self, algorithm: str, claims: dict[str, object]) -> str:
        header = {"alg": algorithm, "kid": self.key_id, "typ": "JWT"}
        return ".".join(_text(json.dumps(part).encode()) for part in (header, claims))
