"""What QML binds: plain frozen values, every text ready to be shown; nothing here decides."""

from dataclasses import dataclass

from kiosk_app.screens.props.model.account import AccountProps
from kiosk_app.screens.props.model.alert import AlertProps
from kiosk_app.screens.props.model.entries import ListProps
from kiosk_app.screens.props.model.frame import CountdownProps, Frame
from kiosk_app.screens.props.model.news import NewsProps
from kiosk_app.screens.props.model.payment import PaymentProps
from kiosk_app.screens.props.model.public import AttractProps, HomeProps, PageProps
from kiosk_app.screens.props.model.signing_in import (
    CanProps,
    CardProps,
    PassportProps,
    PhoneProps,
    PinProps,
    TroubleProps,
)

__all__ = ["Content", "Props"]

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
