"""What happens on the readers, as events for the kiosk's inbox; does not watch anything itself."""

from dataclasses import dataclass

from kiosk_app.cards.card_kind import CardKind


@dataclass(frozen=True, slots=True)
class ReaderMissing:
    """There is no reader, or no PC/SC service; posted once until a reader is back."""


@dataclass(frozen=True, slots=True)
class ReaderReady:
    """At least one reader is there.

    Attributes:
        readers: the names of all readers.
    """

    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardInserted:
    """A card lies on a reader.

    Attributes:
        reader: the reader's name, for ``pcsc.open_card``.
        at_start: it lay there already when the watch began.
        kind: what it is at first sight. ``kind.wants_password``: ask for the CAN; MUTE: it says
            nothing, as a card that was put in the wrong way round.
    """

    reader: str
    at_start: bool = False
    kind: CardKind = CardKind.CONTACTLESS


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card is gone, or its reader is."""

    reader: str


CardEvent = ReaderMissing | ReaderReady | CardInserted | CardRemoved
