"""Scene -> Props, the one place that chooses a page for a screen; it does nothing else."""

from math import ceil
from typing import Literal, assert_never

from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props import formats
from kiosk_app.screens.props.account import account_props
from kiosk_app.screens.props.alert import alert_props, banner
from kiosk_app.screens.props.model import (
    AttractProps,
    CanProps,
    CardProps,
    Content,
    CountdownProps,
    Frame,
    HomeProps,
    Key,
    LanguageChoice,
    NewsProps,
    Props,
    Tile,
)
from kiosk_app.screens.props.payment import payment_props
from kiosk_app.screens.props.public import (
    board_props,
    notice_props,
    situation_props,
    situations_props,
)
from kiosk_app.screens.props.scene import TEXTS, Scene
from kiosk_app.screens.props.texts import Advice
from kiosk_app.session.causes import Cause
from kiosk_app.session.model import Offer
from kiosk_app.session.screen import (
    CAN_LENGTH,
    AccountView,
    Attract,
    Ended,
    EnterCan,
    Home,
    LifeSituationsView,
    NoticeBoardView,
    PaymentView,
    Printed,
    Printing,
    Problem,
    PutCard,
    Reading,
    TakeCard,
)

_WAY_BACK = (EnterCan, PutCard, PaymentView, Printed, Problem, NoticeBoardView, LifeSituationsView)
_NOTHING_TO_FINISH = (Attract, TakeCard, Ended)

_NAMES = {
    Attract: "attract",
    Home: "home",
    EnterCan: "can",
    PutCard: "put-card",
    Reading: "reading",
    AccountView: "account",
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
        finish="" if isinstance(session.screen, _NOTHING_TO_FINISH) else texts.finish,
        sample=texts.sample if sample else "",
        offline="" if session.online else texts.offline,
        banner=line,
        banner_look=look,
    )


def _countdown(scene: Scene) -> CountdownProps | None:
    session, texts = scene.session, scene.texts
    left = session.remaining
    if left is None or isinstance(session.screen, (*_NOTHING_TO_FINISH, Reading, Printing)):
        return None
    seconds = max(0, ceil(left))
    return CountdownProps(
        title=texts.still_here.title,
        detail=texts.still_here.detail.format(seconds=seconds),
        seconds=seconds,
        share=seconds / session.limits.countdown,
        stay=texts.stay,
        finish=texts.finish,
    )


def _page(scene: Scene) -> tuple[str, Content]:  # noqa: C901, PLR0911 - one line for each screen
    screen, texts = scene.session.screen, scene.texts
    match screen:
        case Attract():
            return "attract", _attract(scene)
        case Home():
            return "home", _home(scene)
        case EnterCan():
            return "can", _can(scene, screen)
        case PutCard(_, moved):
            advice = texts.put_card_again if moved else texts.put_card
            return "card", CardProps("put", advice.title, advice.detail, "")
        case Reading(_, chip_read):
            advice = texts.asking if chip_read else texts.reading
            note = texts.hold_still
            stage: Literal["asking", "reading"] = "asking" if chip_read else "reading"
            return "card", CardProps(stage, advice.title, advice.detail, note)
        case TakeCard():
            advice = texts.take_card
            return "card", CardProps("take", advice.title, advice.detail, texts.take_card_hurry)
        case AccountView() | PaymentView() | Printing() | Printed():
            return _personal(scene, screen)
        case Problem(cause):
            return "news", _problem(scene, cause)
        case NoticeBoardView() | LifeSituationsView():
            return _public(scene, screen)
        case Ended(reason):
            advice = texts.farewells[reason]
            return "news", NewsProps("wave", "good", advice.title, advice.detail, "", ())
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


def _can(scene: Scene, screen: EnterCan) -> CanProps:
    texts = scene.texts
    typed = len(screen.can)
    hidden = ("•",) * (typed - 1) + (screen.can[-1:],) if typed else ()
    return CanProps(
        title=texts.can_title,
        detail=texts.can_detail,
        problem=texts.can_wrong if screen.wrong and not typed else "",
        where=texts.can_where,
        cells=hidden + ("",) * (CAN_LENGTH - typed),
        complete=typed == CAN_LENGTH,
        ok=texts.ok,
        erase=texts.erase,
    )


def _personal(
    scene: Scene, screen: AccountView | PaymentView | Printing | Printed
) -> tuple[str, Content]:
    account, texts = scene.session.account, scene.texts
    if account is None:
        raise ValueError("no account")  # pragma: no cover - the session refuses it already
    match screen:
        case AccountView(section):
            return "account", account_props(scene, account, section)
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


def _problem(scene: Scene, cause: Cause) -> NewsProps:
    advice = scene.texts.problem(cause)
    icon = "print" if isinstance(cause, PrinterCause) else "warning"
    keys = (Key(scene.texts.try_again, "ok", name="try-again"),)
    return NewsProps(icon, "attention", advice.title, advice.detail, "", keys)


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
