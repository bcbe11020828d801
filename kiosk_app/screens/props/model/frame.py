"""What stands around every screen: the frame and the countdown; alerts are apart."""

from dataclasses import dataclass

from kiosk_app.screens.props.model.alert import AlertLook


@dataclass(frozen=True)
class LanguageChoice:
    """One key of the language switch."""

    code: str
    name: str
    chosen: bool


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
class CountdownProps:
    """The question whether somebody is here; `share` of the time is left."""

    title: str
    detail: str
    seconds: int
    share: float
    stay: str
    finish: str
