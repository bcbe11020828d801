"""Members of the JSON objects that kiosk and gateway send each other; it knows no message.

The names of members that are not known, and all values, are a stranger's and are never repeated.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import TypeVar

from kiosk_app.account.codec import AccountFormatError, parse_json

T = TypeVar("T")
Members = Mapping[str, object]

MAX_APDUS = 32
MAX_APDU = 65_544
"""The longest command APDU there is: header, extended lengths and 65,535 bytes (ISO 7816-4)."""
MAX_BYTES = 1 << 18
"""A message of more bytes is refused."""
MAX_TEXT = 200
_HEX = re.compile("([0-9A-Fa-f]{2})*")


def read_object(data: bytes) -> Members:
    """The members of one JSON object.

    Raises:
        AccountFormatError: too long, no JSON, or no object.
    """
    raw = parse_json(data, MAX_BYTES)
    if not isinstance(raw, dict):
        raise AccountFormatError("the answer: is not an object")
    return raw


def member_object(raw: Members, name: str) -> Members:
    """A member that is an object itself."""
    value = raw.get(name)
    if not isinstance(value, dict):
        raise AccountFormatError(f"{name}: is not an object")
    return value


def refuse_others(raw: Members, known: set[str]) -> None:
    """Refuse members that are not known; a kiosk and its gateway speak the same version."""
    if raw.keys() - known:
        raise AccountFormatError("the request: has members that are not known here")


def member_base64(raw: Members, name: str) -> bytes:
    """Bytes in base64 (RFC 4648 section 4)."""
    return _base64(raw.get(name), name)


def optional_base64(raw: Members, name: str) -> bytes | None:
    """The same, or None where the member is absent or null."""
    return None if raw.get(name) is None else member_base64(raw, name)


def list_of_base64(raw: Members, name: str, most: int) -> tuple[bytes, ...]:
    """A list of at most `most` texts in base64."""
    return _list(raw, name, most, _base64)


def member_text(raw: Members, name: str) -> str:
    """A short text of visible ASCII characters without spaces."""
    text = raw.get(name)
    if not isinstance(text, str) or not text or len(text) > MAX_TEXT:
        raise AccountFormatError(f"{name}: is not a short text")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise AccountFormatError(f"{name}: holds other than plain characters")
    return text


def member_number(raw: Members, name: str, most: int) -> int:
    """A whole number from 0 to `most`."""
    number = raw.get(name)
    if type(number) is not int or not 0 <= number <= most:
        raise AccountFormatError(f"{name}: is not a number from 0 to {most}")
    return number


def member_hex(raw: Members, name: str) -> bytes:
    """Bytes in hexadecimal, as many as an APDU may have."""
    return _hex(raw.get(name), name)


def list_of_apdus(raw: Members, name: str) -> tuple[bytes, ...]:
    """A list of APDUs in hexadecimal."""
    return _list(raw, name, MAX_APDUS, _hex)


def _list(raw: Members, name: str, most: int, read: Callable[[object, str], T]) -> tuple[T, ...]:
    items = raw.get(name)
    if not isinstance(items, list) or len(items) > most:
        raise AccountFormatError(f"{name}: is not a list of at most {most}")
    return tuple(read(item, f"{name}[{index}]") for index, item in enumerate(items))


def _base64(text: object, path: str) -> bytes:
    if not isinstance(text, str):
        raise AccountFormatError(f"{path}: is not a text")
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise AccountFormatError(f"{path}: is not base64 (RFC 4648 section 4)") from error


def _hex(item: object, path: str) -> bytes:
    if not isinstance(item, str) or len(item) > 2 * MAX_APDU:
        raise AccountFormatError(f"{path}: is not an APDU in hexadecimal")
    if _HEX.fullmatch(item) is None:
        raise AccountFormatError(f"{path}: is not an APDU in hexadecimal")
    return bytes.fromhex(item)
