"""The few commands that may go to the contact chip; a code (IOK, DOK, PIN) is in none of them."""

from enum import IntEnum

from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_GET_RESPONSE,
    INS_READ_BINARY,
    INS_SELECT,
    Command,
    Transmit,
)

CARD_MANAGEMENT = bytes.fromhex("D20310010001000202")
FILE_MANAGEMENT = bytes.fromhex("D2031001000103020100")
BLOCK = 0xD0
"""The most bytes that the chip gives by one READ BINARY."""

_CLA_OWN = 0x80
_INS_GET_DATA = 0xCA
_BY_NAME, _BY_PATH, _NO_ANSWER = 0x04, 0x08, 0x0C
_OBJECT = 0x01
_AS_MUCH_AS_THERE_IS = 256
_HARMLESS = {
    (CLA_PLAIN, INS_SELECT),
    (CLA_PLAIN, INS_READ_BINARY),
    (CLA_PLAIN, INS_GET_RESPONSE),
    (_CLA_OWN, _INS_GET_DATA),
}


class Tag(IntEnum):
    """The data objects of card management that are read without any code."""

    CARD_NUMBER = 0x01
    SERIAL_NUMBER = 0x02
    IOK_STATE = 0x82
    IOK_TRIES_LEFT = 0x83
    IOK_TRIES_MOST = 0x84
    DOK_STATE = 0x8B
    DOK_TRIES_LEFT = 0x8C
    DOK_TRIES_MOST = 0x8D


class ForbiddenCommandError(RuntimeError):
    """A command that only reads was expected; this one is a mistake in the program."""


def guarded(transmit: Transmit) -> Transmit:
    """Let only what selects and reads pass; VERIFY, CHANGE and RESET of a code cannot leave.

    Raises:
        ForbiddenCommandError: by the transmit that is given back, before a byte is sent.
    """

    def send(command: bytes) -> bytes:
        if tuple(command[:2]) not in _HARMLESS:
            raise ForbiddenCommandError("This command may not go to the contact chip.")
        return transmit(command)

    return send


def select_application(identifier: bytes) -> Command:
    """Make the command that selects an application of the chip by its name."""
    return Command(CLA_PLAIN, INS_SELECT, _BY_NAME, _NO_ANSWER, identifier)


def get_data(tag: Tag) -> Command:
    """Make the command that asks for a data object; T=0 answers 6Cxx with the right length."""
    return Command(_CLA_OWN, _INS_GET_DATA, _OBJECT, tag, le=_AS_MUCH_AS_THERE_IS)


def select_file(identifier: int) -> Command:
    """Make the command that selects a file; T=0 answers 61xx, and the file's facts come then."""
    return Command(CLA_PLAIN, INS_SELECT, _BY_PATH, 0x00, identifier.to_bytes(2, "big"))


def read_binary(offset: int, length: int) -> Command:
    """Make the command that reads from the file; the offset is below 32,768."""
    return Command(CLA_PLAIN, INS_READ_BINARY, offset >> 8, offset & 0xFF, le=length)
