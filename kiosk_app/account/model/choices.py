"""How the person wants to be told of news; it sends nothing."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk_app.account.model.text import LocalizedText


class Channel(StrEnum):
    """The ways a person can be told."""

    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True)
class Address:
    """Where a channel leads, masked ("j•••@e•••.cz"); unconfirmed until its code was typed."""

    channel: Channel
    masked: str
    confirmed: bool


@dataclass(frozen=True)
class Topic:
    """What one can be told about, and by which channels the person wants to be."""

    id: str
    title: LocalizedText
    channels: tuple[Channel, ...]


@dataclass(frozen=True)
class Choices:
    """All choices of one person; at most one address a channel."""

    addresses: tuple[Address, ...] = ()
    topics: tuple[Topic, ...] = ()

    def __post_init__(self) -> None:
        channels = [address.channel for address in self.addresses]
        if len(set(channels)) != len(channels):
            raise ValueError("a channel leads to one address")
