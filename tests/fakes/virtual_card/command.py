"""A command as a chip takes it apart: short and extended lengths of ISO/IEC 7816-4."""

from dataclasses import dataclass


class WrongLengthError(Exception):
    """The command's lengths are not those of its bytes."""


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        le: how many bytes the terminal takes at most; 0: none is asked for.
    """

    header: bytes
    data: bytes
    le: int
    extended: bool


def parse(raw: bytes) -> Command:
    """Take a command apart."""
    if len(raw) < 4:
        raise WrongLengthError
    header, body = raw[:4], raw[4:]
    if len(body) > 2 and body[0] == 0:
        return _parse_extended(header, body[1:])
    if len(body) < 2:
        return Command(header, b"", (body[0] or 256) if body else 0, extended=False)
    data, rest = body[1 : 1 + body[0]], body[1 + body[0] :]
    if len(data) != body[0] or len(rest) > 1:
        raise WrongLengthError
    return Command(header, data, (rest[0] or 256) if rest else 0, extended=False)


def _parse_extended(header: bytes, body: bytes) -> Command:
    size = int.from_bytes(body[:2], "big")
    if len(body) == 2:
        return Command(header, b"", size or 65_536, extended=True)
    data, rest = body[2 : 2 + size], body[2 + size :]
    if len(data) != size or len(rest) not in {0, 2}:
        raise WrongLengthError
    le = (int.from_bytes(rest, "big") or 65_536) if rest else 0
    return Command(header, data, le, extended=True)
