"""Scene -> Props: frame, page, countdown and alert put together; none of them is made here."""

from kiosk_app.screens.props.alert import alert_props
from kiosk_app.screens.props.frame import countdown_props, frame_props
from kiosk_app.screens.props.model import Props
from kiosk_app.screens.props.pages import page
from kiosk_app.screens.props.scene import Scene
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
    name, content = page(scene)
    alert = alert_props(scene)
    return Props(
        frame=frame_props(scene),
        page=name,
        showing="alert" if alert else _NAMES[type(scene.session.screen)],
        content=content,
        countdown=countdown_props(scene),
        alert=alert,
    )
