"""What a kiosk hands in for a person, as values; how they travel, `draft_codec` knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk_app.account.model import SELF_ID, Channel

MAX_SUBJECT = 120
MAX_TEXT = 4000
MAX_ID = 200
MAX_ADDRESS = 254
"""The longest e-mail address (RFC 5321 section 4.5.3.1.3, less its brackets)."""
MAX_TOPICS = 50
MAX_PHOTO = 1_500_000
"""The longest photo, in bytes."""
MAX_DRAFT = 1 << 16
"""The longest body of a draft without a photo, in bytes."""
MAX_DEFECT = 1 << 21
"""The longest body of a report with a photo in base64, in bytes."""


@dataclass(frozen=True)
class MessageDraft:
    """A message to a department, in the name of one of the person's principals.

    `answers` is a message, `case_id` a case of that principal's account.
    """

    department: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    answers: str | None = field(default=None, repr=False)
    case_id: str | None = field(default=None, repr=False)
    principal_id: str = SELF_ID


@dataclass(frozen=True)
class AppointmentDraft:
    """The wish for one free time of one bookable service."""

    bookable: str
    time: str


@dataclass(frozen=True)
class CodeRequest:
    """The wish to be told at an address, which a code sent there has to confirm."""

    channel: Channel
    address: str = field(repr=False)


@dataclass(frozen=True)
class Confirmation:
    """The code that arrived at an address."""

    channel: Channel
    code: str = field(repr=False)


@dataclass(frozen=True)
class TopicChoices:
    """By which channels the person wants to be told of each topic; others stay as they are."""

    topics: Mapping[str, tuple[Channel, ...]]


@dataclass(frozen=True)
class Place:
    """A point in degrees (WGS 84): north and east are positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class DefectDraft:
    """Something broken in the city, without a session; `photo` is a JPEG or PNG file."""

    category: str
    text: str
    place: Place
    photo: bytes | None = field(default=None, repr=False)
    contact: str | None = field(default=None, repr=False)
