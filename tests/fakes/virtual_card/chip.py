"""An ICAO chip: EF.CardAccess for all, the data groups after PACE, chip authentication."""

from tests.fakes.virtual_card.channel import BadCommandError, Channel
from tests.fakes.virtual_card.cryptography_of_chip import CURVES, objects, point_of, tlv, x_bytes
from tests.fakes.virtual_card.document import Document
from tests.fakes.virtual_card.pace import Pace, PaceRefusedError

_APPLICATION = bytes.fromhex("A0000002471001")
_CA_AES_128 = bytes.fromhex("04007F00070202030202")
_CONTACTLESS = bytes.fromhex("3B888001000000000000000009")


class Chip:
    """One chip.

    Args:
        document: what was written into it.
        parameter_id: the curve of its PACE.
        bits: the length of its PACE keys.
    """

    atr = _CONTACTLESS

    def __init__(self, document: Document, parameter_id: int = 12, bits: int = 128) -> None:
        self.document = document
        self._parameter_id = parameter_id
        self._bits = bits
        self._files = {0x0101: document.dg1, 0x010E: document.dg14, 0x011D: document.sod}
        self.reset()

    def reset(self) -> None:
        self._channel: Channel | None = None
        self._pace: Pace | None = None
        self._in_application = False
        self._file: bytes | None = None
        self._authenticating = False
        self._next_channel: Channel | None = None

    def card_access(self) -> bytes:
        info = tlv(0x06, Pace("", self._parameter_id, self._bits).oid)
        info += b"\x02\x01\x02\x02\x01" + bytes((self._parameter_id,))
        return tlv(0x31, tlv(0x30, info))

    def answer(self, command: bytes) -> bytes | None:
        """Answer one APDU."""
        if command[0] & 0x0C:
            return self._answer_protected(command)
        self._channel = None
        size = command[4] if len(command) > 5 else 0
        le = command[-1] or 256 if len(command) > 4 else 0
        data, sw = self._carry_out(command[:4], command[5 : 5 + size], le)
        if self._pace is not None and self._pace.channel is not None and data[2:3] == b"\x86":
            self._channel, self._pace = self._pace.channel, None
        return data + sw.to_bytes(2, "big")

    def _answer_protected(self, command: bytes) -> bytes:
        if self._channel is None:
            return b"\x69\x88"
        try:
            header, data, le = self._channel.open(command)
        except (BadCommandError, ValueError, IndexError):
            self._channel = None
            return b"\x69\x88"
        answer = self._channel.protect(*self._carry_out(header, data, le))
        if self._next_channel is not None:
            self._channel, self._next_channel = self._next_channel, None
        return answer

    def _carry_out(self, header: bytes, data: bytes, le: int) -> tuple[bytes, int]:
        match header[1]:
            case 0xA4:
                return b"", self._select(header, data)
            case 0xB0:
                return self._read(int.from_bytes(header[2:], "big"), le)
            case 0x22:
                return b"", self._set_protocol(header, data)
            case 0x86:
                return self._authenticate(data)
            case _:
                return b"", 0x6D00

    def _select(self, header: bytes, data: bytes) -> int:
        if header[2] == 0x04:
            self._in_application = self._channel is not None and data == _APPLICATION
            return 0x9000 if self._in_application else 0x6A82
        if data == b"\x3f\x00":
            self._in_application, self._file = False, None
            return 0x9000
        self._file = self._find(int.from_bytes(data, "big"))
        return 0x6A82 if self._file is None else 0x9000

    def _find(self, identifier: int) -> bytes | None:
        if not self._in_application:
            return self.card_access() if identifier == 0x011C else None
        return self._files.get(identifier)

    def _read(self, offset: int, le: int) -> tuple[bytes, int]:
        if self._file is None or (self._in_application and self._channel is None):
            return b"", 0x6982
        if offset >= len(self._file):
            return b"", 0x6B00
        data = self._file[offset : offset + le]
        return data, 0x9000 if len(data) == le else 0x6282

    def _set_protocol(self, header: bytes, data: bytes) -> int:
        oid = objects(data).get(0x80, b"")
        if header[2:] == b"\xc1\xa4":
            self._pace = Pace(self.document.can, self._parameter_id, self._bits)
            return 0x9000 if oid == self._pace.oid else 0x6A80
        self._authenticating = self._channel is not None and oid == _CA_AES_128
        return 0x9000 if self._authenticating else 0x6A80

    def _authenticate(self, data: bytes) -> tuple[bytes, int]:
        try:
            content = objects(data)[0x7C]
            if self._authenticating:
                return self._prove(objects(content)[0x80])
            if self._pace is None:
                return b"", 0x6985
            return tlv(0x7C, self._pace.step(content)), 0x9000
        except PaceRefusedError:
            self._pace = None
            return b"", 0x6300
        except (ValueError, KeyError, IndexError):
            return b"", 0x6A80

    def _prove(self, point: bytes) -> tuple[bytes, int]:
        """Chip authentication: agree with the static key, then change to the new channel."""
        curve = CURVES[self.document.chip_curve]
        secret = x_bytes(point_of(curve, point) * self.document.chip_key)
        self._next_channel = Channel(secret, 128)
        self._authenticating = False
        return tlv(0x7C, b""), 0x9000
