"""What QML binds: plain frozen values, every text ready to be shown; nothing here decides."""

from dataclasses import dataclass
from typing import Literal

from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model_ways import (
    CanProps,
    CardProps,
    PassportProps,
    PhoneProps,
    PinProps,
    TroubleProps,
)

Tone = Literal["plain", "good", "attention", "late"]
"""Never alone: a badge has its sign and its word beside the colour."""


@dataclass(frozen=True)
class LanguageChoice:
    """One key of the language switch."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class AlertLook:
    """A severity's colours as `#rrggbb` and the icon that is its sign; all empty for none."""

    ground: str = ""
    ink: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around every screen; empty texts are not shown.

    `acting` says whose account it is when it is not one's own, on every screen that shows it;
    `leaves` is that nothing but the key and time ends this session, so the key is a large one.
    """

    city: str
    project: str
    clock: str
    date: str
    languages: tuple[LanguageChoice, ...]
    back: str
    finish: str
    leaves: bool
    sample: str
    acting: str
    acting_icon: str
    offline: str
    banner: str
    banner_look: AlertLook


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
class Badge:
    """A state as sign, word and colour together."""

    tone: Tone
    sign: str
    text: str


@dataclass(frozen=True)
class StepProps:
    """One step of a case on its track."""

    title: str
    state: str
    date: str


@dataclass(frozen=True)
class Entry:
    """One thing in a list."""

    icon: str
    title: str
    detail: str = ""
    meta: str = ""
    amount: str = ""
    badge: Badge | None = None
    key: Key | None = None
    steps: tuple[StepProps, ...] = ()
    progress: str = ""


@dataclass(frozen=True)
class Tab:
    """One section's tab; `count` is empty when there is nothing."""

    icon: str
    label: str
    count: str
    chosen: bool
    late: bool
    key: Key
    locked: bool = False


@dataclass(frozen=True)
class LockedProps:
    """Why a section is shut and what opens it."""

    title: str
    detail: str
    key: Key | None


@dataclass(frozen=True)
class AccountProps:
    """One section of the account with the tabs to the others.

    `keys` lead to other accounts and to the PIN; `note` is what to remember at the end.
    """

    greeting: str
    note: str
    keys: tuple[Key, ...]
    locked: LockedProps | None
    as_of: str
    tabs: tuple[Tab, ...]
    entries: tuple[Entry, ...]
    nothing: str
    complete: bool
    total_label: str
    total: str
    warning: str
    print: Key | None
    no_print: str


@dataclass(frozen=True)
class Fact:
    """A label with its value."""

    label: str
    value: str


@dataclass(frozen=True)
class PaymentProps:
    """How to pay one receivable; `qr` is its SPAYD string in hexadecimal, or empty."""

    title: str
    subject: str
    how: str
    amount: str
    qr: str
    facts: tuple[Fact, ...]
    note: str
    print: Key | None
    no_print: str


@dataclass(frozen=True)
class NewsProps:
    """One large sign with a heading, a sentence and at most two keys."""

    icon: str
    tone: Tone
    title: str
    detail: str
    note: str
    keys: tuple[Key, ...]
    busy: bool = False


@dataclass(frozen=True)
class ListProps:
    """A public list; touching an entry opens it."""

    title: str
    detail: str
    entries: tuple[Entry, ...]


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


@dataclass(frozen=True)
class CountdownProps:
    """The question whether somebody is here; `share` of the time is left."""

    title: str
    detail: str
    seconds: int
    share: float
    stay: str
    finish: str


@dataclass(frozen=True)
class AlertWords:
    """An alert in one language."""

    headline: str
    description: str
    instruction: str
    area: str
    until: str


@dataclass(frozen=True)
class AlertProps:
    """The alert over everything; an empty `understood` means that it cannot be put aside.

    `levels` is its severity in each language it came in.
    """

    identifier: str
    look: AlertLook
    levels: tuple[str, ...]
    words: tuple[AlertWords, ...]
    understood: str
    stays: str


Content = (
    AttractProps
    | HomeProps
    | CanProps
    | PassportProps
    | PhoneProps
    | PinProps
    | TroubleProps
    | CardProps
    | AccountProps
    | PaymentProps
    | NewsProps
    | ListProps
    | PageProps
)


@dataclass(frozen=True)
class Props:
    """Everything on the screen; `page` chooses the QML file, `showing` is the name for the beat."""

    frame: Frame
    page: str
    showing: str
    content: Content
    countdown: CountdownProps | None
    alert: AlertProps | None
