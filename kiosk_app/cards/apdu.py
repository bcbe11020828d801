"""Command and response APDUs of ISO/IEC 7816-4, short and extended; sends nothing by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

Transmit = Callable[[bytes], bytes]

INS_MANAGE_SECURITY_ENVIRONMENT = 0x22
INS_EXTERNAL_AUTHENTICATE = 0x82
INS_GET_CHALLENGE = 0x84
INS_GENERAL_AUTHENTICATE = 0x86
INS_INTERNAL_AUTHENTICATE = 0x88
INS_SELECT = 0xA4
INS_READ_BINARY = 0xB0
INS_GET_RESPONSE = 0xC0

CLA_PLAIN = 0x00
CLA_SECURE_MESSAGING = 0x0C
CLA_CHAINING = 0x10

MAX_RESPONSE = 65_538
_SHORT_DATA = 255
_SHORT_LE = 256
_EXTENDED = 65_535
_EXTENDED_LE = 65_536
_CHAINED_RESPONSES = 64
_SW_SIZE = 2
_HEADER_SIZE = 4
_WIDE = 2


class SW(IntEnum):
    """Status words of ISO/IEC 7816-4 section 5.6."""

    OK = 0x9000
    END_OF_FILE = 0x6282
    AUTHENTICATION_FAILED = 0x6300
    WRONG_LENGTH = 0x6700
    SECURITY_STATUS_NOT_SATISFIED = 0x6982
    AUTHENTICATION_BLOCKED = 0x6983
    CONDITIONS_NOT_SATISFIED = 0x6985
    SM_OBJECTS_MISSING = 0x6987
    SM_OBJECTS_INCORRECT = 0x6988
    WRONG_DATA = 0x6A80
    FUNCTION_NOT_SUPPORTED = 0x6A81
    FILE_NOT_FOUND = 0x6A82
    INCORRECT_PARAMETERS = 0x6A86
    REFERENCE_NOT_FOUND = 0x6A88
    WRONG_OFFSET = 0x6B00
    INSTRUCTION_NOT_SUPPORTED = 0x6D00


class ApduError(ValueError):
    """A response is too short or too long to be one."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command APDU.

    Attributes:
        data: at most 65,535 bytes.
        le: how many bytes the answer may have, 1 to 65,536; None asks for none.
        extended: encode with extended lengths even where short ones would do.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None
    extended: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be encoded."""
        if len(self.data) > _EXTENDED:
            raise ApduError("The command's data is longer than 65,535 bytes.")
        if self.le is not None and not 1 <= self.le <= _EXTENDED_LE:
            raise ApduError("The expected length is outside 1 to 65,536.")

    @property
    def header(self) -> bytes:
        """CLA, INS, P1, P2."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def encode(self) -> bytes:
        """Encode as ISO/IEC 7816-3 section 12.1.3 says."""
        wide = len(self.data) > _SHORT_DATA or (self.le or 0) > _SHORT_LE
        return self._encode_extended() if wide or self.extended else self._encode_short()

    def _encode_short(self) -> bytes:
        body = bytes((len(self.data),)) + self.data if self.data else b""
        return self.header + body + (b"" if self.le is None else bytes((self.le & 0xFF,)))

    def _encode_extended(self) -> bytes:
        body = b"\x00" + len(self.data).to_bytes(2, "big") + self.data if self.data else b""
        if self.le is None:
            return self.header + body
        lead = b"" if self.data else b"\x00"
        return self.header + body + lead + (self.le & 0xFFFF).to_bytes(2, "big")


@dataclass(frozen=True, slots=True)
class Response:
    """One response APDU: its data and its status word."""

    data: bytes
    sw: int

    @property
    def ok(self) -> bool:
        """Whether the command was carried out without a remark."""
        return self.sw == SW.OK

    def encode(self) -> bytes:
        """Give the bytes as they came."""
        return self.data + self.sw.to_bytes(2, "big")


Send = Callable[[Command], Response]


def parse_command(raw: bytes) -> Command:
    """Read a command APDU back (ISO/IEC 7816-3 section 12.1.3, short and extended cases).

    Raises:
        ApduError: not a command APDU.
    """
    if len(raw) < _HEADER_SIZE:
        raise ApduError("A command is shorter than its header.")
    header, body = raw[:_HEADER_SIZE], raw[_HEADER_SIZE:]
    extended = len(body) > _WIDE and not body[0]
    data, rest = _split(body[1:], _WIDE) if extended else _split(body, 1)
    le = int.from_bytes(rest, "big") or (_EXTENDED_LE if extended else _SHORT_LE)
    cla, ins, p1, p2 = header
    return Command(cla, ins, p1, p2, data, le if rest else None, extended)


def _split(body: bytes, width: int) -> tuple[bytes, bytes]:
    """Split data (behind a length of ``width`` bytes) from what is expected (as wide, or none)."""
    if len(body) <= width:
        return b"", body
    size = int.from_bytes(body[:width], "big")
    data, rest = body[width : width + size], body[width + size :]
    if not size or len(data) != size:
        raise ApduError("A command's data is not as long as it says.")
    if len(rest) not in {0, width}:
        raise ApduError("A command goes on after its end.")
    return data, rest


def parse_response(raw: bytes) -> Response:
    """Split the bytes of an answer.

    Raises:
        ApduError: fewer than two bytes, or more than an extended answer can have.
    """
    if not _SW_SIZE <= len(raw) <= MAX_RESPONSE:
        raise ApduError(f"The card answered with {len(raw)} bytes; 2 to {MAX_RESPONSE} can be one.")
    return Response(raw[:-2], int.from_bytes(raw[-2:], "big"))


def exchange(transmit: Transmit, command: Command) -> Response:
    """Send one command and gather its whole answer (61xx, 6Cxx of ISO/IEC 7816-4 section 5.3.4).

    Raises:
        ApduError: the answer is none, or the card goes on for ever.
    """
    response = parse_response(transmit(command.encode()))
    if response.sw >> 8 == 0x6C and not command.extended:  # noqa: PLR2004 - SW1 of "wrong Le, use SW2"
        le = response.sw & 0xFF or _SHORT_LE
        again = Command(command.cla, command.ins, command.p1, command.p2, command.data, le)
        response = parse_response(transmit(again.encode()))
    return _gather(transmit, response)


def _gather(transmit: Transmit, response: Response) -> Response:
    data = response.data
    for _ in range(_CHAINED_RESPONSES):
        if response.sw >> 8 != 0x61:  # noqa: PLR2004 - SW1 of "SW2 more bytes are there"
            return Response(data, response.sw)
        le = response.sw & 0xFF or _SHORT_LE
        more = Command(CLA_PLAIN, INS_GET_RESPONSE, 0, 0, le=le)
        response = parse_response(transmit(more.encode()))
        data += response.data
    raise ApduError("The card's answer has no end.")
