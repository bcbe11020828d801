"""What can stand on the screen, one small class each; how it looks stands elsewhere."""

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

__all__ = ["Screen"]

Screen = (
    Attract
    | Home
    | EnterCan
    | EnterPassport
    | PutCard
    | Reading
    | PhoneAsking
    | PhoneWaiting
    | AccountView
    | EnterPin
    | CheckingPin
    | ChoosePrincipal
    | Switching
    | PaymentView
    | Printing
    | Printed
    | TakeCard
    | Problem
    | NoticeBoardView
    | LifeSituationsView
    | Ended
)
