"""The parts around a program that its beat's problems name; what follows from one is not decided.

A problem reads "part: sentence". A part with no name here belongs to the program itself.
"""

from enum import StrEnum


class Part(StrEnum):
    """What a program needs beside itself to serve people in full."""

    READER = "reader"
    PRINTER = "printer"
    GATEWAY = "gateway"
    CONTENT = "content"

    @property
    def is_service(self) -> bool:
        """Whether it comes from the city hall and is no part of the device."""
        return self in {Part.GATEWAY, Part.CONTENT}


def part_of(problem: str) -> Part | None:
    """The part that a beat's problem names, if it is one of ours."""
    name, colon, _ = problem.partition(":")
    return Part(name) if colon and name in list(Part) else None
