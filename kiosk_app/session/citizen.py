"""What a touch of the citizen does; a touch that makes no sense on the screen does nothing."""

from dataclasses import replace
from typing import assert_never

from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session import in_account, pad, sign_in, way_back
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
from kiosk_app.session.screen.in_account import EnterPin, Printed
from kiosk_app.session.screen.public import Attract, Home, LifeSituationsView, NoticeBoardView
from kiosk_app.session.screen.signing_in import EnterCan, EnterPassport
from kiosk_app.session.screen.trouble import Problem


def step(session: Session, event: Touch) -> Step:  # noqa: C901, PLR0911, PLR0912 - one line for each touch
    """The session after a touch."""
    match event:
        case Touched():
            return _woken(session), ()
        case Digit(sign) | Letter(sign):
            return pad.typed(session, sign), ()
        case FieldChosen(name):
            return pad.chosen(session, name), ()
        case Erased():
            return pad.erased(session), ()
        case Confirmed():
            return _confirmed(session)
        case WentBack():
            return way_back.back(session)
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
            return way_back.back(session)
        case Problem() as problem:
            return _try_again(session, problem)
        case _:
            return session, ()


def _try_again(session: Session, problem: Problem) -> Step:
    if isinstance(problem.cause, PrinterCause):
        return in_account.printing(session, problem.receivable_id)
    if session.account is not None:
        return way_back.back(session)
    return sign_in.account_asked(session)


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
