"""Encodes and decodes a hint, which is only a reason to look and never an order."""

from dataclasses import dataclass

from device_agent.wire.strict_json import read_object, write_object

LIMIT = 1024


@dataclass(frozen=True)
class Hint:
    """Something is new; `what` names the kind of thing, `content` today."""

    what: str


def encode_hint(hint: Hint) -> bytes:
    """JSON of the hint."""
    return write_object({"what": hint.what})


def decode_hint(data: bytes) -> Hint:
    """Parse a hint.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(data, "hint", LIMIT)
    hint = Hint(fields.text("what", 64))
    fields.done()
    return hint
