"""What anybody may read at an infobox: notices and life situations; it reads no file."""

from dataclasses import dataclass
from datetime import date


class ContentRefused(ValueError):  # noqa: N818 - the sentence reads "content refused: …"
    """A feed or file is not usable content; the message names what, where and why."""


@dataclass(frozen=True)
class Bilingual:
    """One text in Czech and in English; English is the Czech text where nobody translated it."""

    cs: str
    en: str


@dataclass(frozen=True)
class NoticeDocument:
    """A file that belongs to a notice; `url` is https or empty."""

    title: str
    url: str


@dataclass(frozen=True)
class Notice:
    """One entry of the official notice board.

    Attributes:
        iri: Its permanent name.
        reference: Reference number (číslo jednací), may be empty.
        file_mark: File mark (spisová značka), may be empty.
        posted: Day of posting; None when the office does not say.
        relevant_until: Last relevant day; None when the office does not say.
    """

    iri: str
    title: Bilingual
    url: str
    reference: str
    file_mark: str
    posted: date | None
    relevant_until: date | None
    documents: tuple[NoticeDocument, ...]


@dataclass(frozen=True)
class NoticeBoard:
    """The board of one office; `office_id` is its checked IČO."""

    iri: str
    page: str
    office_id: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class LifeSituation:
    """How to get something done at the city hall, told to the citizen.

    Attributes:
        slug: Stable short name, e.g. `obcansky-prukaz`.
        papers: What to bring, one paper an entry.
        keywords: Further words under which people look for it.
    """

    slug: str
    title: Bilingual
    what: Bilingual
    who: Bilingual
    where: Bilingual
    papers: tuple[Bilingual, ...]
    fee: Bilingual
    duration: Bilingual
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class CityContent:
    """All public content in force on this device.

    Attributes:
        as_of: The day the content was made, to be shown when the network is away.
        sample: True for invented data; screens then say so.
        problems: One sentence for each part that was refused and is therefore empty.
    """

    city: str
    as_of: date | None
    sample: bool
    notices: tuple[Notice, ...]
    situations: tuple[LifeSituation, ...]
    problems: tuple[str, ...] = ()
