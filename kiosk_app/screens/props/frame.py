"""What stands around every screen; whose page it surrounds, it does not ask."""

from math import ceil

from kiosk_app.screens.props import formats
from kiosk_app.screens.props.alert import banner
from kiosk_app.screens.props.model.frame import CountdownProps, Frame, LanguageChoice
from kiosk_app.screens.props.principals import acting
from kiosk_app.screens.props.scene import TEXTS, Scene
from kiosk_app.session.screen.in_account import (
    CheckingPin,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printed,
    Printing,
    Switching,
)
from kiosk_app.session.screen.public import Attract, Ended, LifeSituationsView, NoticeBoardView
from kiosk_app.session.screen.signing_in import (
    EnterCan,
    EnterPassport,
    PhoneAsking,
    PhoneWaiting,
    PutCard,
    Reading,
)
from kiosk_app.session.screen.trouble import Problem, TakeCard

_WAY_BACK = (
    EnterCan,
    EnterPassport,
    PutCard,
    PhoneWaiting,
    EnterPin,
    ChoosePrincipal,
    PaymentView,
    Printed,
    Problem,
    NoticeBoardView,
    LifeSituationsView,
)
_BUSY = (Reading, PhoneAsking, CheckingPin, Switching, Printing)
_NOTHING_TO_FINISH = (Attract, TakeCard, Ended)


def frame_props(scene: Scene) -> Frame:
    """Place, time, languages, ways out, and what holds on every screen."""
    session, texts = scene.session, scene.texts
    line, look = banner(scene)
    whose, whose_icon = acting(scene)
    finish = texts.ways.sign_out if session.by_phone else texts.finish
    sample = scene.content.sample or (session.account and session.account.person.is_sample)
    return Frame(
        city=scene.city.name,
        project=scene.city.project,
        clock=formats.clock(scene.local),
        date=formats.long_day(scene.local.date(), scene.language, texts),
        languages=tuple(
            LanguageChoice(code, each.language, code is scene.language)
            for code, each in TEXTS.items()
        ),
        back=texts.back if isinstance(session.screen, _WAY_BACK) else "",
        finish="" if isinstance(session.screen, _NOTHING_TO_FINISH) else finish,
        leaves=session.by_phone,
        sample=texts.sample if sample else "",
        acting=whose,
        acting_icon=whose_icon,
        offline="" if session.online else texts.offline,
        banner=line,
        banner_look=look,
    )


def countdown_props(scene: Scene) -> CountdownProps | None:
    """The question whether somebody is here, where nobody waits for anything."""
    session, texts = scene.session, scene.texts
    left = session.remaining
    if left is None or isinstance(session.screen, (*_NOTHING_TO_FINISH, *_BUSY)):
        return None
    seconds = max(0, ceil(left))
    return CountdownProps(
        title=texts.still_here.title,
        detail=texts.still_here.detail.format(seconds=seconds),
        seconds=seconds,
        share=seconds / session.limits.countdown,
        stay=texts.stay,
        finish=texts.ways.sign_out if session.by_phone else texts.finish,
    )
