"""What anybody may see: the invitation, the offers and an opened entry; nothing personal."""

from dataclasses import dataclass

from kiosk_app.screens.props.key import Key


@dataclass(frozen=True)
class AttractProps:
    """The invitation, in every language."""

    touch: tuple[str, ...]
    detail: str
    card_title: str
    card_detail: str


@dataclass(frozen=True)
class Tile:
    """One offer of the home screen."""

    icon: str
    title: str
    detail: str
    key: Key


@dataclass(frozen=True)
class HomeProps:
    """The offers."""

    title: str
    detail: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Paragraph:
    """A heading with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PageProps:
    """One opened public entry."""

    title: str
    detail: str
    paragraphs: tuple[Paragraph, ...]
