"""The chip: two applications, data objects, files, and the manners of the protocol T=0."""

from tests.fakes.eobcanka_card.content import Content

_ATR = bytes.fromhex("3B7E9400008025D20310010056000000020200")
_CARD_MANAGEMENT = bytes.fromhex("D20310010001000202")
_FILE_MANAGEMENT = bytes.fromhex("D2031001000103020100")
_OK, _WRONG_LENGTH, _NOT_FOUND = b"\x90\x00", b"\x67\x00", b"\x6a\x82"
_NO_DATA, _NO_FILE, _NOT_HERE, _OUTSIDE = b"\x6a\x88", b"\x69\x86", b"\x69\x85", b"\x6b\x00"
_SLACK = 16
CODE_COMMANDS = {0x20, 0x24, 0x2C}


class ContactCard:
    """One contact chip.

    Attributes:
        code_commands: how many commands with a code (VERIFY, CHANGE, RESET) it has got.
    """

    atr = _ATR

    def __init__(self, content: Content) -> None:
        self.content = content
        self.code_commands = 0
        self._objects = {
            0x01: content.card_number.encode("ascii"),
            0x02: content.serial_number,
            0x82: bytes((content.iok_state,)),
            0x83: bytes((content.iok_tries,)),
            0x84: b"\x03",
            0x8B: bytes((content.dok_state,)),
            0x8C: bytes((content.dok_tries,)),
            0x8D: b"\x0a",
        }
        self.reset()

    def reset(self) -> None:
        """Forget what was selected."""
        self._application = b""
        self._file = b""
        self._waiting = b""

    def answer(self, command: bytes) -> bytes | None:
        """Answer one TPDU of T=0; an APDU with data and Le has no form there."""
        waiting, self._waiting = self._waiting, b""
        if command[1] in CODE_COMMANDS:
            self.code_commands += 1
            return b"\x63\xc2"
        match command[0], command[1]:
            case 0x00, 0xA4:
                return self._select(command)
            case 0x00, 0xC0:
                return _exactly(waiting, command) if waiting else _NOT_HERE
            case 0x00, 0xB0:
                return self._read(command)
            case 0x80, 0xCA:
                return self._data_object(command)
            case _:
                return b"\x6d\x00"

    def _select(self, command: bytes) -> bytes:
        data = command[5:]
        if len(command) < 5 or len(data) != command[4]:
            return _WRONG_LENGTH
        if command[2:4] == b"\x04\x0c":
            if data not in {_CARD_MANAGEMENT, _FILE_MANAGEMENT}:
                return _NOT_FOUND
            self._application, self._file = data, b""
            return _OK
        if command[2:4] == b"\x08\x00" and self._application == _FILE_MANAGEMENT:
            return self._select_file(data)
        return _NOT_HERE

    def _select_file(self, identifier: bytes) -> bytes:
        files = {b"\x00\x01": self.content.certificate, b"\x01\x32": self.content.other}
        written = files.get(identifier, b"")
        if not written:
            return _NOT_FOUND
        self._file = written + bytes(_SLACK)  # a file has more room than its content needs
        size = len(self._file).to_bytes(2, "big")
        self._waiting = b"\x6f\x0d\x80\x02" + size + b"\x82\x01\x01\x83\x02" + identifier
        return b"\x61" + bytes((len(self._waiting),))

    def _read(self, command: bytes) -> bytes:
        if not self._file:
            return _NO_FILE
        offset = int.from_bytes(command[2:4], "big")
        if offset >= len(self._file):
            return _OUTSIDE
        wanted = command[4] or 256
        rest = self._file[offset : offset + wanted]
        return rest + _OK if len(rest) == wanted else b"\x6c" + bytes((len(rest),))

    def _data_object(self, command: bytes) -> bytes:
        if self._application != _CARD_MANAGEMENT:
            return _NOT_HERE
        found = self._objects.get(command[3]) if command[2] == 0x01 else None
        return _NO_DATA if found is None else _exactly(found, command)


def _exactly(data: bytes, command: bytes) -> bytes:
    """T=0: another length than the right one is answered by the right one alone."""
    return data + _OK if command[4:] == bytes((len(data),)) else b"\x6c" + bytes((len(data),))
