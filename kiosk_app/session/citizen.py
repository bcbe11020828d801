"""What a touch of the citizen does; a touch that makes no sense on the screen does nothing."""

from dataclasses import replace
from typing import assert_never

from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session import in_account, sign_in
from kiosk_app.session.causes import EndReason
from kiosk_app.session.ending import Step, ended
from kiosk_app.session.events.touches import (
    AccountAsked,
    AlertUnderstood,
    CardAsked,
    Confirmed,
    Digit,
    Erased,
    FieldChosen,
    Finished,
    LanguageChosen,
    Letter,
    OfferOpened,
    PassportAsked,
    PaymentAsked,
    PhoneAsked,
    PinAsked,
    PrincipalChosen,
    PrincipalsAsked,
    PrintAsked,
    SectionChosen,
    Touch,
    Touched,
    WentBack,
)
from kiosk_app.session.model import Offer, Session, may_understand
from kiosk_app.session.password import CAN_LENGTH, CardCode, PassportField
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import (
    AccountView,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printed,
    Section,
)
from kiosk_app.session.screen.public import Attract, Home, LifeSituationsView, NoticeBoardView
from kiosk_app.session.screen.signing_in import EnterCan, EnterPassport, PhoneWaiting, PutCard
from kiosk_app.session.screen.trouble import Problem


def step(session: Session, event: Touch) -> Step:  # noqa: C901, PLR0911, PLR0912 - one line for each touch
    """The session after a touch."""
    match event:
        case Touched():
            return _woken(session), ()
        case Digit(sign) | Letter(sign):
            return _typed(session, sign), ()
        case FieldChosen(name):
            return _field(session, name), ()
        case Erased():
            return _erased(session), ()
        case Confirmed():
            return _confirmed(session)
        case WentBack():
            return _back(session)
        case AccountAsked():
            asked = isinstance(session.screen, Home)
            return sign_in.account_asked(session) if asked else (session, ())
        case PassportAsked():
            return sign_in.passport_asked(session), ()
        case CardAsked():
            return sign_in.card_asked(session), ()
        case PhoneAsked():
            return sign_in.phone_asked(session)
        case PinAsked(section):
            return in_account.pin_asked(session, section), ()
        case PrincipalsAsked():
            return in_account.principals_asked(session), ()
        case PrincipalChosen(principal_id):
            return in_account.principal_chosen(session, principal_id)
        case OfferOpened(offer, selected):
            return _opened(session, offer, selected), ()
        case SectionChosen(section):
            return in_account.section(session, section), ()
        case PaymentAsked(receivable_id):
            return in_account.payment(session, receivable_id), ()
        case PrintAsked():
            return in_account.print_asked(session)
        case LanguageChosen(language):
            return replace(_woken(session), language=language), ()
        case Finished():
            return (session, ()) if _nobody(session) else ended(session, EndReason.FINISHED)
        case AlertUnderstood(identifier):
            return _understood(session, identifier), ()
        case _ as unreachable:
            assert_never(unreachable)


def _nobody(session: Session) -> bool:
    return isinstance(session.screen, Attract)


def _woken(session: Session) -> Session:
    return replace(session, screen=Home()) if _nobody(session) else session


def _typed(session: Session, sign: str) -> Session:
    match session.screen:
        case EnterCan(can) if len(can) < CAN_LENGTH and sign.isdigit():
            return replace(session, screen=EnterCan(can + sign))
        case EnterPassport(form):
            return replace(session, screen=EnterPassport(form.typed(sign)))
        case EnterPin() as screen if sign.isdigit():
            return in_account.pin_typed(session, screen, sign)
        case _:
            return session


def _field(session: Session, name: PassportField) -> Session:
    match session.screen:
        case EnterPassport(form, wrong):
            return replace(session, screen=EnterPassport(form.chosen(name), wrong=wrong))
        case _:
            return session


def _erased(session: Session) -> Session:
    match session.screen:
        case EnterCan(can):
            return replace(session, screen=EnterCan(can[:-1]))
        case EnterPassport(form):
            return replace(session, screen=EnterPassport(form.erased()))
        case EnterPin(_, pin) as screen:
            return replace(session, screen=replace(screen, pin=pin[:-1]))
        case _:
            return session


def _confirmed(session: Session) -> Step:  # noqa: PLR0911 - one line for each screen
    match session.screen:
        case EnterCan(can):
            return sign_in.confirmed_can(session, can)
        case EnterPassport(form) if form.data is not None:
            return sign_in.with_password(session, form.data)
        case EnterPassport(form) if form.may_go_on:
            return replace(session, screen=EnterPassport(form.gone_on())), ()
        case EnterPin() as screen:
            return in_account.pin_confirmed(session, screen)
        case Printed():
            return _back(session)
        case Problem() as problem:
            return _try_again(session, problem)
        case _:
            return session, ()


def _try_again(session: Session, problem: Problem) -> Step:
    if isinstance(problem.cause, PrinterCause):
        return in_account.printing(session, problem.receivable_id)
    if session.account is not None:
        return _back(session)
    return sign_in.account_asked(session)


def _back(session: Session) -> Step:
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


def _opened(session: Session, offer: Offer, selected: str | None) -> Session:
    if offer not in session.offers:
        return session
    match session.screen, offer:
        case (Home() | NoticeBoardView(), Offer.NOTICE_BOARD):
            return replace(session, screen=NoticeBoardView(selected))
        case (Home() | LifeSituationsView(), Offer.LIFE_SITUATIONS):
            return replace(session, screen=LifeSituationsView(selected))
        case _:
            return session


def _understood(session: Session, identifier: str) -> Session:
    shown = session.alert
    if shown is None or shown.identifier != identifier or not may_understand(shown):
        return session
    return replace(_woken(session), understood=session.understood | {identifier})
