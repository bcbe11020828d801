"""Accounts as JSON and back from hostile JSON; it neither fetches nor decides.

The JSON has the member names of the model: dates as ISO 8601, amounts as text ("850.00"), texts as
`{"cs", "en"}`. Members a newer city hall may have added are passed over, so that kiosks and the
gateway can be renewed one after the other; everything the model knows must be there and be right.
"""

import json
import re
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

from kiosk_app.account.model import Account

MAX_BYTES = 1 << 20
"""An account of more bytes is refused."""
MAX_ITEMS = 1000
"""A list of more items is refused."""
MAX_TEXT = 4000
"""A text of more characters is refused."""

T = TypeVar("T")

_AS_IT_IS = (str, bool, NoneType)
_AMOUNT = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SHOWN_KINDS: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "a truth value",
}


_SHOWN_TEXTS: dict[object, str] = {
    Decimal: "no amount such as 850.00",
    date: "no date such as 2026-11-24",
    datetime: "no time such as 2026-11-24T09:00:00+01:00",
}


class AccountFormatError(ValueError):
    """The bytes are no account; one sentence with the path of what is wrong, never its value."""


def encode_account(account: Account) -> bytes:
    """The account as UTF-8 JSON."""
    return json.dumps(_plain(account), ensure_ascii=False, separators=(",", ":")).encode()


def decode_account(data: bytes) -> Account:
    """The account those bytes say.

    Raises:
        AccountFormatError: they are no account; the sentence names the path.
    """
    return decode_item(Account, parse_json(data, MAX_BYTES), "account")


def decode_item(kind: type[T], raw: object, path: str) -> T:
    """One object of the model from JSON values.

    Raises:
        AccountFormatError: they are none; the sentence names the path.
    """
    return _expect(kind, _decode(kind, raw, path), path)


def parse_json(data: bytes, limit: int) -> object:
    """The JSON value in at most `limit` bytes of UTF-8.

    Raises:
        AccountFormatError: too long, too deep, not UTF-8, or not JSON (RFC 8259).
    """
    if len(data) > limit:
        raise AccountFormatError(f"the answer: is longer than {limit} bytes")
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise AccountFormatError("the answer: is not UTF-8") from error
    except RecursionError as error:
        raise AccountFormatError("the answer: is nested too deep") from error
    except ValueError as error:
        raise AccountFormatError("the answer: is not JSON") from error


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _plain(value: object) -> object:
    if isinstance(value, _AS_IT_IS):
        return value
    if is_dataclass(value):
        kind: Callable[..., object] = type(value)
        return {name: _plain(getattr(value, name)) for name, _ in _members(kind)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _members(kind: Callable[..., object]) -> tuple[tuple[str, "_Decoder"], ...]:
    hints = get_type_hints(kind).items()
    return tuple((name, _decoder(hint)) for name, hint in hints if not name.startswith("_"))


_Decoder = Callable[[object, str], object]


def _decode(hint: object, raw: object, path: str) -> object:
    return _decoder(hint)(raw, path)


@cache
def _decoder(hint: object) -> _Decoder:
    """How values of that type are read, worked out once."""
    if get_origin(hint) is tuple:
        return partial(_decode_list, _decoder(get_args(hint)[0]))
    if isinstance(hint, UnionType):
        inner = next(part for part in get_args(hint) if part is not NoneType)
        return partial(_decode_optional, _decoder(inner))
    if isinstance(hint, type) and is_dataclass(hint):
        return partial(_decode_object, hint)
    if hint is bool:
        return partial(_expect, bool)
    return partial(_decode_text, hint)


def _decode_optional(inner: _Decoder, raw: object, path: str) -> object:
    return None if raw is None else inner(raw, path)


def _decode_list(inner: _Decoder, raw: object, path: str) -> tuple[object, ...]:
    items = _expect(list, raw, path)
    if len(items) > MAX_ITEMS:
        raise AccountFormatError(f"{path}: has more than {MAX_ITEMS} items")
    return tuple(inner(item, f"{path}[{index}]") for index, item in enumerate(items))


def _decode_object(kind: Callable[..., object], raw: object, path: str) -> object:
    members = _expect(dict, raw, path)
    values: dict[str, object] = {}
    for name, decode in _members(kind):
        if name not in members:
            raise AccountFormatError(f"{path}.{name}: is missing")
        values[name] = decode(members[name], f"{path}.{name}")
    try:
        return kind(**values)
    except ValueError as error:
        raise AccountFormatError(f"{path}: {error}") from error


def _decode_text(hint: object, raw: object, path: str) -> object:
    text = _text(raw, path)
    if hint is str:
        return text
    try:
        return _from_text(hint, text)
    except ValueError as error:
        raise AccountFormatError(f"{path}: is {_wanted(hint)}") from error


def _wanted(hint: object) -> str:
    """What a text is not, in words of the format."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f"none of {', '.join(hint)}"
    return _SHOWN_TEXTS.get(hint, "no value of its kind")


def _from_text(hint: object, text: str) -> object:
    if hint is datetime:
        return datetime.fromisoformat(text)
    if hint is date:
        return date.fromisoformat(text)
    if hint is Decimal:
        if _AMOUNT.fullmatch(text) is None:
            raise ValueError(text)
        return Decimal(text)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(text)
    raise AssertionError("the model has members of no other kind")


def _text(raw: object, path: str) -> str:
    text = _expect(str, raw, path)
    if len(text) > MAX_TEXT:
        raise AccountFormatError(f"{path}: is longer than {MAX_TEXT} characters")
    if _CONTROL.search(text) is not None:
        raise AccountFormatError(f"{path}: holds a control character")
    return text


def _expect(kind: type[T], raw: object, path: str) -> T:
    if not isinstance(raw, kind):
        raise AccountFormatError(f"{path}: is not {_SHOWN_KINDS.get(kind, kind.__name__)}")
    return raw
