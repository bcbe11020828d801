"""Public keys out of SubjectPublicKeyInfo (RFC 5280, 3279), curves named or explicit; no use."""

from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from kiosk_app.cards.icao import curve_names, curves
from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

MIN_RSA_BITS: Final = 2048
MIN_CURVE_BITS: Final = 224
MAX_RSA_BITS: Final = 8192
MAX_RSA_EXPONENT_BITS: Final = 64
"""More only makes checking slow, and a stranger may choose the key."""
_EC_PUBLIC_KEY: Final = bytes.fromhex("2A8648CE3D0201")

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


def read_public_key(info: bytes) -> PublicKey:
    """Read a SubjectPublicKeyInfo (DER).

    Raises:
        DerError: it is none.
        EvidenceRefused: UNSUPPORTED, or MALFORMED when the key is not on its curve.
    """
    parts = der.fields(info)
    algorithm, bits = parts.take(der.SEQUENCE), parts.take(der.BIT_STRING)
    identifier = der.nodes(algorithm.value)
    explicit = len(identifier) > 1 and identifier[1].tag == der.SEQUENCE
    if explicit and identifier[0].value == _EC_PUBLIC_KEY:
        return _on_explicit_curve(identifier[1].raw, bits.value[1:])
    return _named(info)


def _named(info: bytes) -> PublicKey:
    try:
        key = load_der_public_key(info)
    except UnsupportedAlgorithm as error:
        raise _unsupported() from error
    except ValueError as error:
        raise EvidenceRefused(RefusalReason.MALFORMED, "A public key is none.") from error
    if isinstance(key, rsa.RSAPublicKey) and _bounded(key):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key
    raise _unsupported()


def _bounded(key: rsa.RSAPublicKey) -> bool:
    exponent = key.public_numbers().e
    return key.key_size <= MAX_RSA_BITS and exponent.bit_length() <= MAX_RSA_EXPONENT_BITS


def _on_explicit_curve(parameters: bytes, point: bytes) -> ec.EllipticCurvePublicKey:
    """ECParameters must be those of a standardised curve in every number."""
    try:
        curve = curve_names.by_der(parameters)
    except curves.CurveError as error:
        raise _unsupported() from error
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.openssl, point)
    except ValueError as error:
        raise EvidenceRefused(RefusalReason.MALFORMED, "A public key is off its curve.") from error


def _unsupported() -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.UNSUPPORTED, "A public key is of an unknown kind.")
