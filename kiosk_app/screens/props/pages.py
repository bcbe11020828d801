"""Which page a screen has; what stands on the page is the page's own affair."""

from typing import assert_never

from kiosk_app.screens.props import signing_in
from kiosk_app.screens.props.account import account_props
from kiosk_app.screens.props.home import attract_props, home_props
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model import Content
from kiosk_app.screens.props.model.news import NewsProps
from kiosk_app.screens.props.model.signing_in import CardProps
from kiosk_app.screens.props.payment import payment_props
from kiosk_app.screens.props.principals import principals_props
from kiosk_app.screens.props.public import (
    board_props,
    notice_props,
    situation_props,
    situations_props,
)
from kiosk_app.screens.props.scene import Scene
from kiosk_app.screens.props.trouble import problem_props
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


def page(scene: Scene) -> tuple[str, Content]:  # noqa: PLR0911 - one line for each screen
    """The name of the page, which is its QML file's, and what stands on it."""
    screen, texts = scene.session.screen, scene.texts
    match screen:
        case Attract():
            return "attract", attract_props(scene)
        case Home():
            return "home", home_props(scene)
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
