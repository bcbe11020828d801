"""The chip's side of PACE with generic mapping."""

import secrets

from ecdsa.ellipticcurve import PointJacobi

from tests.fakes.virtual_card.channel import Channel
from tests.fakes.virtual_card.cryptography_of_chip import (
    CURVES,
    aes,
    cmac,
    derive,
    objects,
    point_bytes,
    point_of,
    tlv,
    x_bytes,
)

_GM_AES = bytes.fromhex("04007F00070202040202")
_LAST_ARC = {128: 2, 192: 3, 256: 4}


class PaceRefusedError(Exception):
    """The terminal does not know the password, or does not follow PACE."""


class Pace:
    """One run, step by step."""

    def __init__(self, can: str, parameter_id: int, bits: int) -> None:
        self.oid = _GM_AES[:-1] + bytes((_LAST_ARC[bits],))
        self.channel: Channel | None = None
        self._bits = bits
        self._curve = CURVES[parameter_id]
        self._nonce = secrets.token_bytes(16)
        self._password = derive(can.encode(), 3, bits)
        self._generator: PointJacobi | None = None
        self._theirs = b""
        self._ours = b""

    def step(self, data: bytes) -> bytes:
        """Answer the content of one GENERAL AUTHENTICATE."""
        parts = objects(data)
        if not parts:
            return tlv(0x80, aes(self._password, bytes(16), self._nonce))
        if 0x81 in parts:
            return tlv(0x82, self._map(parts[0x81]))
        if 0x83 in parts and self._generator is not None:
            return tlv(0x84, self._agree(parts[0x83], self._generator))
        if 0x85 in parts and self.channel is not None:
            return tlv(0x86, self._confirm(parts[0x85], self.channel))
        raise PaceRefusedError

    def _map(self, point: bytes) -> bytes:
        key = secrets.randbelow(self._curve.order - 1) + 1
        shared = point_of(self._curve, point) * key
        nonce = int.from_bytes(self._nonce, "big")
        self._generator = self._curve.generator * nonce + shared
        return point_bytes(self._curve.generator * key)

    def _agree(self, point: bytes, generator: PointJacobi) -> bytes:
        key = secrets.randbelow(self._curve.order - 1) + 1
        self.channel = Channel(x_bytes(point_of(self._curve, point) * key), self._bits)
        self._theirs, self._ours = point, point_bytes(generator * key)
        return self._ours

    def _confirm(self, token: bytes, channel: Channel) -> bytes:
        if token != self._token(channel, self._ours):
            raise PaceRefusedError
        return self._token(channel, self._theirs)

    def _token(self, channel: Channel, point: bytes) -> bytes:
        return cmac(channel.mac_key, tlv(0x7F49, tlv(0x06, self.oid) + tlv(0x86, point)))
