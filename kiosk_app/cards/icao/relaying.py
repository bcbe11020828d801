"""Which commands of the gateway the kiosk carries to the chip; carries none by itself.

The gateway proves the chip; it has no business with the portrait or the fingerprints, and a
protected SELECT hides what it selects. So only what a proof needs passes.
"""

from kiosk_app.cards.apdu import (
    CLA_CHAINING,
    CLA_PLAIN,
    CLA_SECURE_MESSAGING,
    INS_GENERAL_AUTHENTICATE,
    INS_INTERNAL_AUTHENTICATE,
    INS_MANAGE_SECURITY_ENVIRONMENT,
    INS_READ_BINARY,
    INS_SELECT,
    ApduError,
    Command,
    parse_command,
)

MAX_COMMANDS = 16
_PREPARING = {(0x41, 0xA4), (0x41, 0xA6)}
_PROVING = {INS_GENERAL_AUTHENTICATE, INS_INTERNAL_AUTHENTICATE}
_APPLICATION = (0x04, 0x0C)
_SHORT_IDENTIFIER = 0x80
_SHORT_FILES = {0x01, 0x0E, 0x0F, 0x1D}


class RelayError(ValueError):
    """The gateway asks for what the kiosk does not carry."""


def plain_command(raw: bytes) -> Command:
    """Read a command that the kiosk protects: MSE:Set AT or KAT, GENERAL or INTERNAL AUTHENTICATE.

    Raises:
        RelayError: it is another one, or none.
    """
    command = _parsed(raw)
    plain = command.cla & ~CLA_CHAINING == CLA_PLAIN
    if command.ins == INS_MANAGE_SECURITY_ENVIRONMENT:
        return _passed(command, allowed=plain and (command.p1, command.p2) in _PREPARING)
    return _passed(command, allowed=plain and command.ins in _PROVING)


def protected_command(raw: bytes) -> Command:
    """Read a command that the gateway protected: READ BINARY and no other.

    It reads the file that the kiosk selected last, or by its short identifier DG1, DG14, DG15 or
    EF.SOD.

    Raises:
        RelayError: it is another one, or none.
    """
    command = _parsed(raw)
    by_name = command.p1 & _SHORT_IDENTIFIER
    allowed = (
        command.cla == CLA_SECURE_MESSAGING
        and command.ins == INS_READ_BINARY
        and (not by_name or command.p1 & ~_SHORT_IDENTIFIER in _SHORT_FILES)
    )
    return _passed(command, allowed=allowed)


def pace_command(raw: bytes) -> Command:
    """Read a command of the gateway's own PACE and of the read under the keys it agreed on.

    GENERAL AUTHENTICATE in the clear; then, protected by the gateway, SELECT of an application by
    its name, which cannot select a file, and READ BINARY as ``protected_command`` has it.

    Raises:
        RelayError: it is another one, or none.
    """
    command = _parsed(raw)
    if command.ins == INS_READ_BINARY:
        return protected_command(raw)
    if command.ins == INS_SELECT:
        place = command.cla, command.p1, command.p2
        return _passed(command, allowed=place == (CLA_SECURE_MESSAGING, *_APPLICATION))
    plain = command.cla & ~CLA_CHAINING == CLA_PLAIN
    return _passed(command, allowed=plain and command.ins == INS_GENERAL_AUTHENTICATE)


def _parsed(raw: bytes) -> Command:
    try:
        return parse_command(raw)
    except ApduError as error:
        raise RelayError(f"The gateway's command is none: {error}") from error


def _passed(command: Command, *, allowed: bool) -> Command:
    if not allowed:
        raise RelayError(f"The kiosk does not carry the command {command.ins:02X} for the gateway.")
    return command
