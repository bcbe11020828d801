"""A recorded conversation with a card, as text; it plays and records nothing.

A line is one of::

    # remark
    @ 3B88…            the answer to reset
    > 00A4…  # SELECT  a command, with what it says
    < 9000             its answer
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Step:
    """One command and its answer."""

    command: bytes
    answer: bytes
    comment: str


@dataclass(frozen=True)
class Script:
    """One conversation.

    Attributes:
        remark: what it is, one line.
        atr: the card's answer to reset.
    """

    remark: str
    atr: bytes
    steps: tuple[Step, ...]

    def text(self) -> str:
        """Write it down."""
        lines = [f"# {self.remark}", f"@ {_hex(self.atr)}"]
        for step in self.steps:
            lines += [f"> {_hex(step.command)}  # {step.comment}", f"< {_hex(step.answer)}"]
        return "\n".join(lines) + "\n"


def path_of(name: str) -> Path:
    """Name the file of a script."""
    return FOLDER / f"{name}.apdu"


def load(name: str) -> Script:
    """Read a script from its file."""
    return parse(path_of(name).read_text(encoding="utf-8"))


def parse(text: str) -> Script:
    """Read what ``Script.text`` wrote.

    Raises:
        ValueError: a line is none of the four kinds, or stands in the wrong place.
    """
    remark, atr, steps = "", b"", []
    command: tuple[bytes, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        kind, _, rest = line.partition(" ")
        data, _, comment = rest.partition("  # ")
        match kind, command:
            case "#", None:
                remark = remark or rest
            case "@", None:
                atr = bytes.fromhex(data)
            case ">", None:
                command = bytes.fromhex(data), comment
            case "<", (sent, said):
                steps.append(Step(sent, bytes.fromhex(data), said))
                command = None
            case _:
                raise ValueError(f"Line {number} does not belong there.")
    return Script(remark, atr, tuple(steps))


def _hex(data: bytes) -> str:
    return data.hex().upper()
