"""What a touch of the citizen does; a touch that makes no sense on the screen does nothing."""

from dataclasses import replace
from typing import assert_never

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import OpenGateway, PrintOverview, PrintPayment, SignIn
from kiosk_app.session.ending import Step, ended
from kiosk_app.session.events import (
    AccountAsked,
    AlertUnderstood,
    Confirmed,
    Digit,
    Erased,
    Finished,
    LanguageChosen,
    OfferOpened,
    PaymentAsked,
    PrintAsked,
    SectionChosen,
    Touch,
    Touched,
    WentBack,
)
from kiosk_app.session.model import Device, Offer, Session, may_understand
from kiosk_app.session.screen import (
    CAN_LENGTH,
    AccountView,
    Attract,
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
    Screen,
    Section,
)


def step(session: Session, event: Touch) -> Step:  # noqa: C901, PLR0911, PLR0912 - one line for each touch
    """The session after a touch."""
    match event:
        case Touched():
            return _woken(session), ()
        case Digit(digit):
            return _typed(session, digit), ()
        case Erased():
            return _erased(session), ()
        case Confirmed():
            return _confirmed(session)
        case WentBack():
            return replace(session, screen=_before(session.screen)), ()
        case AccountAsked():
            return account_asked(session) if isinstance(session.screen, Home) else (session, ())
        case OfferOpened(offer, selected):
            return _opened(session, offer, selected), ()
        case SectionChosen(section):
            return _section(session, section), ()
        case PaymentAsked(receivable_id):
            return _payment(session, receivable_id), ()
        case PrintAsked():
            return _print(session)
        case LanguageChosen(language):
            return replace(_woken(session), language=language), ()
        case Finished():
            return (session, ()) if _nobody(session) else ended(session, EndReason.FINISHED)
        case AlertUnderstood(identifier):
            return _understood(session, identifier), ()
        case _ as unreachable:
            assert_never(unreachable)


def account_asked(session: Session) -> Step:
    """The pad for the CAN, or the cause why there is none; the line is opened meanwhile."""
    if Device.READER in session.missing:
        return replace(session, screen=Problem(CardCause.READER_MISSING)), ()
    return replace(session, screen=EnterCan()), (OpenGateway(),)


def signing_in(session: Session, reader: str, can: str) -> Step:
    """The chip is being read."""
    attempt = session.attempt + 1
    after = replace(session, screen=Reading(can), attempt=attempt, touched=session.now)
    return after, (SignIn(attempt, reader, can),)


def _nobody(session: Session) -> bool:
    return isinstance(session.screen, Attract)


def _woken(session: Session) -> Session:
    return replace(session, screen=Home()) if _nobody(session) else session


def _typed(session: Session, digit: str) -> Session:
    match session.screen:
        case EnterCan(can) if len(can) < CAN_LENGTH:
            return replace(session, screen=EnterCan(can + digit))
        case _:
            return session


def _erased(session: Session) -> Session:
    match session.screen:
        case EnterCan(can):
            return replace(session, screen=EnterCan(can[:-1]))
        case _:
            return session


def _confirmed(session: Session) -> Step:
    match session.screen:
        case EnterCan(can) if len(can) == CAN_LENGTH:
            if session.card is None:
                return replace(session, screen=PutCard(can)), ()
            return signing_in(session, session.card, can)
        case Printed():
            return replace(session, screen=_before(session.screen)), ()
        case Problem(cause, receivable_id):
            return _try_again(session, cause, receivable_id)
        case _:
            return session, ()


def _try_again(
    session: Session, cause: CardCause | AccountCause | PrinterCause, receivable_id: str | None
) -> Step:
    if isinstance(cause, PrinterCause):
        return _printing(session, receivable_id)
    return account_asked(session)


def _before(screen: Screen) -> Screen:  # noqa: PLR0911 - one line for each way back
    match screen:
        case EnterCan() | NoticeBoardView(None) | LifeSituationsView(None):
            return Home()
        case PutCard():
            return EnterCan()
        case NoticeBoardView():
            return NoticeBoardView()
        case LifeSituationsView():
            return LifeSituationsView()
        case PaymentView():
            return AccountView(Section.PAYMENTS)
        case Printed(receivable_id) | Problem(PrinterCause(), receivable_id):
            return AccountView() if receivable_id is None else PaymentView(receivable_id)
        case Problem():
            return Home()
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


def _section(session: Session, section: Section) -> Session:
    if isinstance(session.screen, AccountView):
        return replace(session, screen=AccountView(section))
    return session


def _payment(session: Session, receivable_id: str) -> Session:
    if not isinstance(session.screen, AccountView) or session.account is None:
        return session
    receivable = session.account.receivable(receivable_id)
    if receivable is None or receivable.paid:
        return session
    return replace(session, screen=PaymentView(receivable_id))


def _print(session: Session) -> Step:
    match session.screen:
        case PaymentView(receivable_id):
            return _printing(session, receivable_id)
        case AccountView():
            return _printing(session, None)
        case _:
            return session, ()


def _printing(session: Session, receivable_id: str | None) -> Step:
    if session.account is None:
        return session, ()
    attempt = session.attempt + 1
    after = replace(session, screen=Printing(receivable_id), attempt=attempt)
    if receivable_id is None:
        return after, (PrintOverview(attempt, session.account),)
    receivable = session.account.receivable(receivable_id)
    if receivable is None:
        return session, ()
    return after, (PrintPayment(attempt, receivable, session.account.person.display_name),)


def _understood(session: Session, identifier: str) -> Session:
    shown = session.alert
    if shown is None or shown.identifier != identifier or not may_understand(shown):
        return session
    return replace(_woken(session), understood=session.understood | {identifier})
