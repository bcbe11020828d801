"""Which screen lies one step back; nothing goes forward here."""

from dataclasses import replace

from kiosk_app.session import sign_in
from kiosk_app.session.ending import Step
from kiosk_app.session.model import Session
from kiosk_app.session.password import CardCode
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import (
    AccountView,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printed,
    Section,
)
from kiosk_app.session.screen.public import Home, LifeSituationsView, NoticeBoardView
from kiosk_app.session.screen.signing_in import EnterCan, EnterPassport, PhoneWaiting, PutCard
from kiosk_app.session.screen.trouble import Problem


def back(session: Session) -> Step:
    """The session one screen back; where there is no way back, as it was."""
    match session.screen:
        case PhoneWaiting():
            return sign_in.phone_left(session)
        case Problem(_, _, section) as problem if session.account is not None:
            return replace(session, screen=_before_problem(problem, section)), ()
        case _:
            return replace(session, screen=_before(session.screen)), ()


def _before_problem(problem: Problem, section: Section) -> Screen:
    """Back in the account, where the problem came up."""
    if problem.receivable_id is not None:
        return PaymentView(problem.receivable_id)
    return AccountView(section)


def _before(screen: Screen) -> Screen:  # noqa: PLR0911 - one line for each way back
    match screen:
        case EnterCan() | NoticeBoardView(None) | LifeSituationsView(None) | Problem():
            return Home()
        case EnterPassport() | PutCard(CardCode()):
            return EnterCan()
        case PutCard():
            return EnterPassport()
        case NoticeBoardView():
            return NoticeBoardView()
        case LifeSituationsView():
            return LifeSituationsView()
        case EnterPin(section):
            return AccountView(section)
        case ChoosePrincipal():
            return AccountView()
        case PaymentView():
            return AccountView(Section.PAYMENTS)
        case Printed(receivable_id):
            return AccountView() if receivable_id is None else PaymentView(receivable_id)
        case _:
            return screen
