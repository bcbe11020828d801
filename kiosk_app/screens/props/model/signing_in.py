"""What QML binds while somebody signs in: plain frozen values, nothing typed but the last sign."""

from dataclasses import dataclass
from typing import Literal

from kiosk_app.screens.props.key import Key


@dataclass(frozen=True)
class CanProps:
    """The pad; `cells` hold one sign each: a digit only for the one typed last."""

    title: str
    detail: str
    problem: str
    where: str
    cells: tuple[str, ...]
    complete: bool
    ok: str
    erase: str
    ways: tuple[Key, ...] = ()


@dataclass(frozen=True)
class FieldProps:
    """One field of the form for passports; `shape` says how a date is written."""

    label: str
    value: str
    shape: str
    problem: str
    active: bool
    key: Key


@dataclass(frozen=True)
class PassportProps:
    """The form for a passport; `signs` are the keys of its pad."""

    title: str
    detail: str
    problem: str
    fields: tuple[FieldProps, ...]
    signs: tuple[str, ...]
    complete: bool
    ok: str
    erase: str
    ways: tuple[Key, ...]


@dataclass(frozen=True)
class PhoneProps:
    """The code for a phone; `qr` is the address to go to, in hexadecimal."""

    title: str
    steps: tuple[str, ...]
    qr: str
    code_label: str
    code: str
    page: str
    left: str
    state: str
    unreachable: bool
    privacy: str


@dataclass(frozen=True)
class PinProps:
    """The pad for the account PIN: `typed` of at most `most` digits, none of them here."""

    title: str
    detail: str
    problem: str
    wait: str
    typed: int
    most: int
    signs: tuple[str, ...]
    complete: bool
    ok: str
    erase: str


TroublePicture = Literal[
    "suspended",
    "moved",
    "turned-over",
    "unsupported",
    "expired",
    "reader-missing",
    "damaged",
    "not-accepted",
    "revoked",
    "unknown",
]


@dataclass(frozen=True)
class Work:
    """One thing that works instead."""

    icon: str
    text: str


@dataclass(frozen=True)
class TroubleProps:
    """What is wrong with a card, drawn and told, what works instead, and at most two keys."""

    picture: TroublePicture
    title: str
    detail: str
    works_title: str
    works: tuple[Work, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class CardProps:
    """A picture of card and reader with what to do; `stage` chooses the movement."""

    stage: Literal["put", "reading", "asking", "take"]
    title: str
    detail: str
    note: str
