"""The chip's end of secure messaging with AES."""

from tests.fakes.virtual_card.cryptography_of_chip import (
    aes,
    cmac,
    derive,
    objects,
    pad,
    tlv,
    unpad,
)


class BadCommandError(Exception):
    """A protected command that the chip cannot accept."""


class Channel:
    """Keys and counter of one channel."""

    def __init__(self, secret: bytes, bits: int) -> None:
        self._encryption = derive(secret, 1, bits)
        self.mac_key = derive(secret, 2, bits)
        self._counter = 0

    def open(self, command: bytes) -> tuple[bytes, bytes, int]:
        """Check a command; give header without the class's SM bits, data and Le."""
        self._counter += 1
        header, body = command[:4], _body(command)
        parts = objects(body)
        signed = body[: -len(tlv(0x8E, parts.get(0x8E, b"")))]
        data = pad(header) + (pad(signed) if signed else b"")
        if cmac(self.mac_key, self._block() + data) != parts.get(0x8E):
            raise BadCommandError
        hidden = parts.get(0x87, b"\x01")[1:]
        plain = unpad(aes(self._encryption, self._iv(), hidden, decrypt=True)) if hidden else b""
        expected = parts.get(0x97, b"\x00")
        limit = 256 if len(expected) == 1 else 65536
        le = int.from_bytes(expected, "big") or limit
        return bytes((header[0] & 0xF3,)) + header[1:], plain, le

    def protect(self, data: bytes, sw: int) -> bytes:
        self._counter += 1
        status = sw.to_bytes(2, "big")
        body = tlv(0x99, status)
        if data:
            hidden = aes(self._encryption, self._iv(), pad(data))
            body = tlv(0x87, b"\x01" + hidden) + body
        code = cmac(self.mac_key, self._block() + pad(body))
        return body + tlv(0x8E, code) + status

    def _block(self) -> bytes:
        return self._counter.to_bytes(16, "big")

    def _iv(self) -> bytes:
        return aes(self._encryption, bytes(16), self._block())


def _body(command: bytes) -> bytes:
    if len(command) > 7 and command[4] == 0:
        return command[7 : 7 + int.from_bytes(command[5:7], "big")]
    return command[5 : 5 + command[4]]
