"""How a chip and a terminal agree on the generator of PACE, once each side's data is there."""

import ecdsa
from ecdsa.ellipticcurve import PointJacobi

from tests.fakes.virtual_card.cryptography_of_chip import block_size, encipher, key_size

_CONSTANTS = {
    16: (
        bytes.fromhex("A668892A7C41E3CA739F40B057D85904"),
        bytes.fromhex("A4E136AC725F738B01C1F60217C188AD"),
    ),
    32: (
        bytes.fromhex("D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676"),
        bytes.fromhex("54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517"),
    ),
}
_SPARE_BITS = 64


def nonce_size(bits: int) -> int:
    """Bytes of the nonce that integrated mapping needs: whole blocks, no less than the key."""
    return 16 if key_size(bits) == 16 else 32


def integrated(curve: ecdsa.curves.Curve, bits: int, nonce: bytes, theirs: bytes) -> PointJacobi:
    """Map by ICAO Doc 9303 part 11 section 4.4.3.3.2 and its appendix B."""
    prime = int(curve.curve.p())
    return _encode(curve, int.from_bytes(_stretch(prime, bits, nonce, theirs), "big") % prime)


def _stretch(prime: int, bits: int, nonce: bytes, theirs: bytes) -> bytes:
    zero = bytes(block_size(bits))
    next_key, output = _CONSTANTS[len(nonce)]
    key = encipher(bits, theirs, zero, nonce)[: key_size(bits)]
    data = b""
    while 8 * len(data) < prime.bit_length() + _SPARE_BITS:
        data += encipher(bits, key, zero, output)
        key = encipher(bits, key, zero, next_key)[: key_size(bits)]
    return data


def _encode(curve: ecdsa.curves.Curve, number: int) -> PointJacobi:
    """Find a point for a number (simplified Shallue–Woestijne–Ulas; the prime is 3 modulo 4)."""
    p, a, b = (int(part()) for part in (curve.curve.p, curve.curve.a, curve.curve.b))
    alpha = -number * number % p
    x2 = -b * pow(a, -1, p) * (1 + pow(alpha + alpha * alpha, -1, p)) % p
    x3 = alpha * x2 % p
    h2 = (x2**3 + a * x2 + b) % p
    root = pow(h2, p - 1 - (p + 1) // 4, p)
    if root * root * h2 % p == 1:
        x, y = x2, root * h2 % p
    else:
        x, y = x3, root * pow(number, 3, p) * h2 % p
    return PointJacobi(curve.curve, x, y, 1, curve.order)
