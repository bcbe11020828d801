"""Scene -> Props, the one place that chooses a page for a screen; it does nothing else."""

from math import ceil
from typing import assert_never

from kiosk_app.screens.props import formats, signing_in
from kiosk_app.screens.props.account import account_props
from kiosk_app.screens.props.alert import alert_props, banner
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model import Content, Props
from kiosk_app.screens.props.model.frame import CountdownProps, Frame, LanguageChoice
from kiosk_app.screens.props.model.news import NewsProps
from kiosk_app.screens.props.model.public import AttractProps, HomeProps, Tile
from kiosk_app.screens.props.model.signing_in import CardProps
from kiosk_app.screens.props.payment import payment_props
from kiosk_app.screens.props.principals import acting, principals_props
from kiosk_app.screens.props.public import (
    board_props,
    notice_props,
    situation_props,
    situations_props,
)
from kiosk_app.screens.props.scene import TEXTS, Scene
from kiosk_app.screens.props.texts import Advice
from kiosk_app.screens.props.trouble import problem_props
from kiosk_app.session.model import Offer
from kiosk_app.session.screen.in_account import (
    AccountView,
    CheckingPin,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printed,
    Printing,
    Switching,
)
from kiosk_app.session.screen.public import (
    Attract,
    Ended,
    Home,
    LifeSituationsView,
    NoticeBoardView,
)
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

_NAMES = {
    Attract: "attract",
    Home: "home",
    EnterCan: "can",
    EnterPassport: "passport",
    PutCard: "put-card",
    Reading: "reading",
    PhoneAsking: "phone-asking",
    PhoneWaiting: "phone",
    AccountView: "account",
    EnterPin: "pin",
    CheckingPin: "checking-pin",
    ChoosePrincipal: "principals",
    Switching: "switching",
    PaymentView: "payment",
    Printing: "printing",
    Printed: "printed",
    TakeCard: "take-card",
    Problem: "problem",
    NoticeBoardView: "notice-board",
    LifeSituationsView: "life-situations",
    Ended: "ended",
}
"""What the beat says: which screen, never what is on it."""


def derive(scene: Scene) -> Props:
    """Everything that stands on the screen at this moment."""
    page, content = _page(scene)
    alert = alert_props(scene)
    return Props(
        frame=_frame(scene),
        page=page,
        showing="alert" if alert else _NAMES[type(scene.session.screen)],
        content=content,
        countdown=_countdown(scene),
        alert=alert,
    )


def _frame(scene: Scene) -> Frame:
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


def _countdown(scene: Scene) -> CountdownProps | None:
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


def _page(scene: Scene) -> tuple[str, Content]:  # noqa: PLR0911 - one line for each screen
    screen, texts = scene.session.screen, scene.texts
    match screen:
        case Attract():
            return "attract", _attract(scene)
        case Home():
            return "home", _home(scene)
        case EnterCan() | EnterPassport() | PutCard() | Reading() | PhoneAsking() | PhoneWaiting():
            return _signing_in(scene, screen)
        case TakeCard():
            advice = texts.take_card
            return "card", CardProps("take", advice.title, advice.detail, texts.take_card_hurry)
        case EnterPin() | CheckingPin() | Switching():
            return _opening(scene, screen)
        case AccountView() | ChoosePrincipal() | PaymentView() | Printing() | Printed():
            return _personal(scene, screen)
        case Problem():
            return problem_props(scene, screen)
        case NoticeBoardView() | LifeSituationsView():
            return _public(scene, screen)
        case Ended(reason):
            advice = texts.farewells[reason]
            return "news", NewsProps("wave", "good", advice.title, advice.detail, "", ())
        case _ as unreachable:
            assert_never(unreachable)


def _signing_in(
    scene: Scene,
    screen: EnterCan | EnterPassport | PutCard | Reading | PhoneAsking | PhoneWaiting,
) -> tuple[str, Content]:
    texts = scene.texts.ways
    match screen:
        case EnterCan():
            return "can", signing_in.can_props(scene, screen)
        case EnterPassport():
            return "passport", signing_in.passport_props(scene, screen)
        case PutCard(_, moved):
            return "trouble" if moved else "card", signing_in.put_card_props(scene, screen)
        case Reading():
            return "card", signing_in.reading_props(scene, screen)
        case PhoneAsking():
            asking = (texts.phone_asking_title, texts.phone_asking_detail)
            return "news", signing_in.busy("phone", *asking)
        case PhoneWaiting():
            return "phone", signing_in.phone_props(scene, screen)
        case _ as unreachable:
            assert_never(unreachable)


def _opening(scene: Scene, screen: EnterPin | CheckingPin | Switching) -> tuple[str, Content]:
    texts = scene.texts.ways
    match screen:
        case EnterPin():
            return "pin", signing_in.pin_props(scene, screen)
        case CheckingPin():
            checking = (texts.pin_checking_title, texts.pin_checking_detail)
            return "news", signing_in.busy("lock", *checking)
        case Switching():
            switching = (texts.switching_title, texts.switching_detail)
            return "news", signing_in.busy("people", *switching)
        case _ as unreachable:
            assert_never(unreachable)


def _attract(scene: Scene) -> AttractProps:
    touch = tuple(texts.touch for texts in TEXTS.values())
    hint = scene.texts.card_hint
    return AttractProps(touch, scene.texts.touch_detail, hint.title, hint.detail)


def _home(scene: Scene) -> HomeProps:
    texts, offers = scene.texts, scene.session.offers
    tiles = [_tile("person", texts.account_tile, Key("", "account", name="tile.account"))]
    if Offer.NOTICE_BOARD in offers:
        key = Key("", "open", Offer.NOTICE_BOARD, "tile.board")
        tiles.append(_tile("board", texts.board_tile, key))
    if Offer.LIFE_SITUATIONS in offers:
        key = Key("", "open", Offer.LIFE_SITUATIONS, "tile.situations")
        tiles.append(_tile("guide", texts.situations_tile, key))
    return HomeProps(texts.welcome, texts.welcome_detail, tuple(tiles))


def _tile(icon: str, advice: Advice, key: Key) -> Tile:
    return Tile(icon, advice.title, advice.detail, key)


def _personal(
    scene: Scene, screen: AccountView | ChoosePrincipal | PaymentView | Printing | Printed
) -> tuple[str, Content]:
    account, texts = scene.session.account, scene.texts
    if account is None:
        raise ValueError("no account")  # pragma: no cover - the session refuses it already
    match screen:
        case AccountView(section):
            return "account", account_props(scene, account, section)
        case ChoosePrincipal():
            return "list", principals_props(scene, account)
        case PaymentView(receivable_id):
            receivable = account.receivable(receivable_id)
            if receivable is None:
                raise ValueError("the payment is not in the account")  # the session asks before
            return "payment", payment_props(scene, receivable)
        case Printing():
            advice = texts.printing
            news = NewsProps("print", "plain", advice.title, advice.detail, "", (), busy=True)
            return "news", news
        case Printed():
            advice = texts.printed
            go_on = (Key(texts.go_on, "ok", name="go-on"),)
            note = texts.printed_personal
            return "news", NewsProps("check", "good", advice.title, advice.detail, note, go_on)
        case _ as unreachable:
            assert_never(unreachable)


def _public(scene: Scene, screen: NoticeBoardView | LifeSituationsView) -> tuple[str, Content]:
    match screen:
        case NoticeBoardView(selected):
            notice = next((n for n in scene.content.notices if n.iri == selected), None)
            if notice is None:
                return "list", board_props(scene)
            return "article", notice_props(scene, notice)
        case LifeSituationsView(selected):
            guide = next((s for s in scene.content.situations if s.slug == selected), None)
            if guide is None:
                return "list", situations_props(scene)
            return "article", situation_props(scene, guide)
        case _ as unreachable:
            assert_never(unreachable)
