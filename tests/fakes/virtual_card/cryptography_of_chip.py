"""What a chip computes: ciphers, codes, key derivation and curves; keeps no state.

A cipher is named by the strength of its keys in bits: 128, 192 and 256 are AES, 112 is 3DES with
two keys (ICAO Doc 9303 part 11 sections 9.7 and 9.8).
"""

import hashlib
from collections.abc import Callable

import ecdsa
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC
from ecdsa.ellipticcurve import PointJacobi

CURVES: dict[int, ecdsa.curves.Curve] = {
    12: ecdsa.NIST256p,
    13: ecdsa.BRAINPOOLP256r1,
    15: ecdsa.NIST384p,
    16: ecdsa.BRAINPOOLP384r1,
    17: ecdsa.BRAINPOOLP512r1,
    18: ecdsa.NIST521p,
}
OPENSSL_CURVES: dict[int, ec.EllipticCurve] = {
    12: ec.SECP256R1(),
    13: ec.BrainpoolP256R1(),
    15: ec.SECP384R1(),
    16: ec.BrainpoolP384R1(),
    17: ec.BrainpoolP512R1(),
    18: ec.SECP521R1(),
}
TRIPLE_DES = 112
_DES = 8

Chance = Callable[[int], bytes]


def block_size(bits: int) -> int:
    return 8 if bits == TRIPLE_DES else 16


def key_size(bits: int) -> int:
    return 16 if bits == TRIPLE_DES else bits // 8


def encipher(bits: int, key: bytes, iv: bytes, data: bytes) -> bytes:
    worker = _cipher(bits, key, iv).encryptor()
    return worker.update(data) + worker.finalize()


def decipher(bits: int, key: bytes, iv: bytes, data: bytes) -> bytes:
    worker = _cipher(bits, key, iv).decryptor()
    return worker.update(data) + worker.finalize()


def _cipher(bits: int, key: bytes, iv: bytes) -> Cipher[modes.CBC]:
    if bits == TRIPLE_DES:
        return Cipher(TripleDES(key + key[:_DES]), modes.CBC(iv))
    return Cipher(algorithms.AES(key), modes.CBC(iv))


def code(bits: int, key: bytes, data: bytes) -> bytes:
    """Authenticate with CMAC, or with 3DES by the retail MAC of ISO/IEC 9797-1 over padded data."""
    if bits == TRIPLE_DES:
        return _retail_mac(key, data)
    worker = CMAC(algorithms.AES(key))
    worker.update(data)
    return worker.finalize()[:8]


def _retail_mac(key: bytes, data: bytes) -> bytes:
    one, two = TripleDES(key[:_DES] * 3), TripleDES(key[_DES:] * 3)
    chained = Cipher(one, modes.CBC(bytes(_DES))).encryptor().update(data)[-_DES:]
    back = Cipher(two, modes.CBC(bytes(_DES))).decryptor().update(chained)
    return Cipher(one, modes.CBC(bytes(_DES))).encryptor().update(back)


def derive(secret: bytes, number: int, bits: int) -> bytes:
    """Derive a key (section 9.7.1); that of 3DES with the parity that DES asks for."""
    hashed = hashlib.sha1 if bits <= 128 else hashlib.sha256
    key = hashed(secret + bytes((0, 0, 0, number))).digest()[: key_size(bits)]
    return bytes(_odd(byte) for byte in key) if bits == TRIPLE_DES else key


def _odd(byte: int) -> int:
    seven = byte & 0xFE
    return seven | (seven.bit_count() + 1) % 2


def pad(data: bytes, block: int = 16) -> bytes:
    return data + b"\x80" + b"\x00" * (-(len(data) + 1) % block)


def unpad(data: bytes) -> bytes:
    return data[: data.rindex(b"\x80")]


def tlv(tag: int, value: bytes) -> bytes:
    size = len(value)
    length = size.to_bytes(max(1, (size.bit_length() + 7) // 8), "big")
    if size > 127:
        length = bytes((0x80 | len(length),)) + length
    return bytes.fromhex(f"{tag:02X}") + length + value


def first(data: bytes) -> tuple[int, bytes, bytes]:
    """Split off the first data object with a tag of one byte: tag, value, rest."""
    size, start = data[1], 2
    if size > 0x80:
        start = 2 + size - 0x80
        size = int.from_bytes(data[2:start], "big")
    return data[0], data[start : start + size], data[start + size :]


def objects(data: bytes) -> dict[int, bytes]:
    found = {}
    while data:
        tag, value, data = first(data)
        found[tag] = value
    return found


def private_scalar(curve: ecdsa.curves.Curve, chance: Chance) -> int:
    """Draw a private key from random bytes."""
    size = (curve.order.bit_length() + 7) // 8 + 8
    return int(int.from_bytes(chance(size), "big") % (curve.order - 1) + 1)


def point_bytes(point: PointJacobi) -> bytes:
    size = (point.curve().p().bit_length() + 7) // 8
    return b"\x04" + int(point.x()).to_bytes(size, "big") + int(point.y()).to_bytes(size, "big")


def point_of(curve: ecdsa.curves.Curve, data: bytes) -> PointJacobi:
    """Read a point; refuses one that is not on the curve."""
    half = len(data) // 2
    x, y = int.from_bytes(data[1 : half + 1], "big"), int.from_bytes(data[half + 1 :], "big")
    if data[0] != 4 or not curve.curve.contains_point(x, y):
        raise ValueError("not a point of the curve")
    return PointJacobi(curve.curve, x, y, 1, curve.order)


def x_bytes(point: PointJacobi) -> bytes:
    data = point_bytes(point)
    return data[1 : 1 + len(data) // 2]
