"""JSON pointers (RFC 6901): one place in a JSON value. Pure."""

import re
from typing import Final

_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,5}")


class PointerError(ValueError):
    """A text is no pointer, or nothing stands where it points; one sentence."""


def check_pointer(pointer: str) -> None:
    """Refuse a text that is no pointer.

    Raises:
        PointerError: RFC 6901, section 3.
    """
    if _POINTER.fullmatch(pointer) is None:
        raise PointerError("is no JSON pointer such as /holder/name")


def pointed(value: object, pointer: str) -> object:
    """What stands at the pointer (RFC 6901, section 4).

    Raises:
        PointerError: nothing does.
    """
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and _INDEX.fullmatch(name) and int(name) < len(value):
            value = value[int(name)]
        else:
            raise PointerError(f"there is nothing at {pointer}")
    return value
