"""What props are derived from besides the session: the city, the public content and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk_app.content.model import CityContent
from kiosk_app.screens.props.texts import Texts
from kiosk_app.screens.props.texts_cs import CZECH
from kiosk_app.screens.props.texts_en import ENGLISH
from kiosk_app.session.model import Language, Session

TEXTS: Mapping[Language, Texts] = {Language.CS: CZECH, Language.EN: ENGLISH}


@dataclass(frozen=True)
class City:
    """Whose infobox this is; `zone` is where its clocks are set."""

    name: str
    project: str
    zone: ZoneInfo


@dataclass(frozen=True)
class Scene:
    """One moment: everything a screen is derived from; `wall` is an aware instant."""

    session: Session
    city: City
    content: CityContent
    wall: datetime

    @property
    def language(self) -> Language:
        """The language of the citizen."""
        return self.session.language

    @property
    def texts(self) -> Texts:
        """The texts in the language of the citizen."""
        return TEXTS[self.session.language]

    @property
    def local(self) -> datetime:
        """The wall clock of the city."""
        return self.wall.astimezone(self.city.zone)
