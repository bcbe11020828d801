"""Secure messaging with AES or 3DES (ICAO Doc 9303 part 11 section 9.8); agrees on no key."""

import hmac
from dataclasses import dataclass

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import CLA_SECURE_MESSAGING, Command, Response
from kiosk_app.cards.icao.ciphers import (
    CODE_SIZE,
    code_of_padded,
    decrypt,
    encrypt,
    pad,
    unpad,
)
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import SessionKeys

DO_CRYPTOGRAM, DO_LE, DO_STATUS, DO_MAC = 0x87, 0x97, 0x99, 0x8E
_PADDED = b"\x01"
_SHORT = 256
_SHORT_DATA = 255
_EXTENDED = 65_536


class SecureMessagingError(ValueError):
    """An answer is not protected, or was changed on its way."""


@dataclass(frozen=True, slots=True)
class SecureChannel:
    """One end of a channel: its keys and its send sequence counter."""

    keys: SessionKeys
    counter: int = 0

    @property
    def _block(self) -> int:
        return self.keys.cipher.block_size

    def protect(self, command: Command) -> tuple["SecureChannel", Command]:
        """Encrypt and authenticate a command; go on with the channel that is given back."""
        channel = self._next()
        body = _cryptogram(channel, command.data) + _expected(command.le)
        cla = command.cla | CLA_SECURE_MESSAGING
        header = bytes((cla, command.ins, command.p1, command.p2))
        padded_body = pad(self.keys.cipher, body) if body else b""
        code = channel.code_of(pad(self.keys.cipher, header) + padded_body)
        data = body + tlv.encode(DO_MAC, code)
        wide = command.extended or len(data) > _SHORT_DATA or (command.le or 0) > _SHORT
        le = _EXTENDED if wide else _SHORT
        return channel, Command(cla, command.ins, command.p1, command.p2, data, le, wide)

    def open(self, response: Response) -> tuple["SecureChannel", Response]:
        """Check and decrypt an answer; go on with the channel that is given back.

        Raises:
            SecureMessagingError: it has no valid code, or its status differs from the outer one.
        """
        channel = self._next()
        parts = _parts(response)
        signed = response.data[: -len(tlv.encode(DO_MAC, bytes(CODE_SIZE)))]
        code = channel.code_of(pad(self.keys.cipher, signed))
        if not hmac.compare_digest(code, parts[-1].value):
            raise SecureMessagingError("The code of an answer is wrong.")
        found = {part.tag: part.value for part in parts}
        if found.get(DO_STATUS) != response.sw.to_bytes(2, "big"):
            raise SecureMessagingError("The status of an answer is not the protected one.")
        return channel, Response(_plain(channel, found.get(DO_CRYPTOGRAM)), response.sw)

    def _next(self) -> "SecureChannel":
        return SecureChannel(self.keys, (self.counter + 1) % (1 << 8 * self._block))

    def code_of(self, padded: bytes) -> bytes:
        """Authenticate padded bytes under the counter as it stands."""
        return code_of_padded(self.keys.cipher, self.keys.mac, self._counter_block() + padded)

    def _counter_block(self) -> bytes:
        return self.counter.to_bytes(self._block, "big")

    def iv(self) -> bytes:
        """Give the initialisation vector: the counter hidden with AES, nothing with 3DES."""
        zero = bytes(self._block)
        if self.keys.cipher is Cipher.TRIPLE_DES:
            return zero
        return encrypt(self.keys.cipher, self.keys.encryption, zero, self._counter_block())

    def encrypted(self, data: bytes) -> bytes:
        """Pad and encrypt under the counter as it stands."""
        cipher = self.keys.cipher
        return encrypt(cipher, self.keys.encryption, self.iv(), pad(cipher, data))

    def decrypted(self, hidden: bytes) -> bytes | None:
        """Decrypt whole blocks under the counter as it stands; None without padding."""
        return unpad(decrypt(self.keys.cipher, self.keys.encryption, self.iv(), hidden))


def _cryptogram(channel: SecureChannel, data: bytes) -> bytes:
    if not data:
        return b""
    return tlv.encode(DO_CRYPTOGRAM, _PADDED + channel.encrypted(data))


def _expected(le: int | None) -> bytes:
    if le is None:
        return b""
    width = 1 if le <= _SHORT else 2
    return tlv.encode(DO_LE, (le % (1 << 8 * width)).to_bytes(width, "big"))


def _parts(response: Response) -> tuple[tlv.Tlv, ...]:
    try:
        parts = tlv.parse(response.data)
    except tlv.TlvError as error:
        raise SecureMessagingError(f"An answer is not protected: {error}") from error
    tags = [part.tag for part in parts]
    if tags not in ([DO_CRYPTOGRAM, DO_STATUS, DO_MAC], [DO_STATUS, DO_MAC]):
        raise SecureMessagingError("An answer lacks its protected status or its code.")
    return parts


def _plain(channel: SecureChannel, value: bytes | None) -> bytes:
    if value is None:
        return b""
    hidden = value[1:]
    if value[:1] != _PADDED or not hidden or len(hidden) % channel.keys.cipher.block_size:
        raise SecureMessagingError("An answer's cryptogram is not whole blocks of padded data.")
    bare = channel.decrypted(hidden)
    if bare is None:
        raise SecureMessagingError("An answer's padding is wrong.")
    return bare
