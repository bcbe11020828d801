"""What a chip computes: AES, codes, key derivation and curves; keeps no state."""

import hashlib

import ecdsa
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
BLOCK = 16


def aes(key: bytes, iv: bytes, data: bytes, *, decrypt: bool = False) -> bytes:
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv))
    worker = cipher.decryptor() if decrypt else cipher.encryptor()
    return worker.update(data) + worker.finalize()


def cmac(key: bytes, data: bytes) -> bytes:
    worker = CMAC(algorithms.AES(key))
    worker.update(data)
    return worker.finalize()[:8]


def derive(secret: bytes, number: int, bits: int) -> bytes:
    hashed = hashlib.sha1 if bits == 128 else hashlib.sha256
    return hashed(secret + bytes((0, 0, 0, number))).digest()[: bits // 8]


def pad(data: bytes) -> bytes:
    return data + b"\x80" + b"\x00" * (-(len(data) + 1) % BLOCK)


def unpad(data: bytes) -> bytes:
    return data[: data.rindex(b"\x80")]


def tlv(tag: int, value: bytes) -> bytes:
    size = len(value)
    length = bytes((size,))
    if size > 255:
        length = b"\x82" + size.to_bytes(2, "big")
    elif size > 127:
        length = b"\x81" + length
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
