"""The chip's end of secure messaging with AES or 3DES (ICAO Doc 9303 part 11 section 9.8)."""

from tests.fakes.virtual_card.cryptography_of_chip import (
    TRIPLE_DES,
    block_size,
    code,
    decipher,
    derive,
    encipher,
    objects,
    pad,
    tlv,
    unpad,
)


class BadCommandError(Exception):
    """A protected command that the chip cannot accept."""


class Channel:
    """Keys and counter of one channel.

    Args:
        secret: what both sides agreed on.
        bits: the cipher.
        counter: where the send sequence counter begins; only BAC begins above zero.
    """

    def __init__(self, secret: bytes, bits: int, counter: int = 0) -> None:
        self.encryption_key = derive(secret, 1, bits)
        self.mac_key = derive(secret, 2, bits)
        self.bits = bits
        self._size = block_size(bits)
        self._counter = counter

    def open(self, command: bytes) -> tuple[bytes, bytes, int]:
        """Check a command; give header without the class's SM bits, data and Le."""
        self._count()
        header, body = command[:4], _body(command)
        parts = objects(body)
        signed = body[: -len(tlv(0x8E, parts.get(0x8E, b"")))]
        data = self._padded(header) + (self._padded(signed) if signed else b"")
        if self._code(data) != parts.get(0x8E):
            raise BadCommandError
        hidden = parts.get(0x87, b"\x01")[1:]
        expected = parts.get(0x97, b"\x00")
        limit = 256 if len(expected) == 1 else 65536
        le = int.from_bytes(expected, "big") or limit
        return bytes((header[0] & 0xF3,)) + header[1:], self._plain(hidden), le

    def protect(self, data: bytes, sw: int) -> bytes:
        """Encrypt and authenticate an answer."""
        self._count()
        status = sw.to_bytes(2, "big")
        body = tlv(0x99, status)
        if data:
            hidden = encipher(self.bits, self.encryption_key, self._iv(), self._padded(data))
            body = tlv(0x87, b"\x01" + hidden) + body
        return body + tlv(0x8E, self._code(self._padded(body))) + status

    def _plain(self, hidden: bytes) -> bytes:
        if not hidden:
            return b""
        return unpad(decipher(self.bits, self.encryption_key, self._iv(), hidden))

    def _count(self) -> None:
        self._counter = (self._counter + 1) % (1 << 8 * self._size)

    def _padded(self, data: bytes) -> bytes:
        return pad(data, self._size)

    def _code(self, padded: bytes) -> bytes:
        return code(self.bits, self.mac_key, self._counter_block() + padded)

    def _counter_block(self) -> bytes:
        return self._counter.to_bytes(self._size, "big")

    def _iv(self) -> bytes:
        zero = bytes(self._size)
        if self.bits == TRIPLE_DES:
            return zero
        return encipher(self.bits, self.encryption_key, zero, self._counter_block())


def _body(command: bytes) -> bytes:
    if len(command) > 7 and command[4] == 0:
        return command[7 : 7 + int.from_bytes(command[5:7], "big")]
    return command[5 : 5 + command[4]]
