"""An alert as it is drawn, over everything or as a line; whether it is drawn stands elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AlertLook:
    """A severity's colours as `#rrggbb` and the icon that is its sign; all empty for none."""

    ground: str = ""
    ink: str = ""
    sign: str = ""


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
