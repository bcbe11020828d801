"""What happens on the readers, as events for the kiosk's inbox; does not watch anything itself."""

from dataclasses import dataclass


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
    """

    reader: str
    at_start: bool = False


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card is gone, or its reader is."""

    reader: str


CardEvent = ReaderMissing | ReaderReady | CardInserted | CardRemoved
