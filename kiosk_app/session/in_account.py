"""What a touch does once somebody's account is here: sections, PIN, other principals, paper."""

from dataclasses import replace

from kiosk_app.account.model import Assurance
from kiosk_app.session.effects import FetchAccount, PrintOverview, PrintPayment, ProvePin
from kiosk_app.session.ending import Step
from kiosk_app.session.model import Session
from kiosk_app.session.screen.in_account import (
    PIN_LONGEST,
    PIN_SHORTEST,
    AccountView,
    CheckingPin,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printing,
    Section,
    Switching,
)


def section(session: Session, chosen: Section) -> Session:
    """Another tab."""
    if isinstance(session.screen, AccountView):
        return replace(session, screen=AccountView(chosen))
    return session


def pin_helps(session: Session) -> bool:
    """Whether the account PIN would open more of this account."""
    if session.account is None or session.pin_locked:
        return False
    return bool(session.account.locked) and session.assurance is Assurance.CHIP


def pin_asked(session: Session, wanted: Section) -> Session:
    """The pad for the account PIN."""
    if isinstance(session.screen, AccountView) and pin_helps(session):
        return replace(session, screen=EnterPin(wanted))
    return session


def pin_typed(session: Session, screen: EnterPin, digit: str) -> Session:
    """One digit more, unless the city hall would not listen yet."""
    if screen.until is not None or len(screen.pin) == PIN_LONGEST:
        return session
    return replace(session, screen=replace(screen, pin=screen.pin + digit, wrong=False))


def pin_confirmed(session: Session, screen: EnterPin) -> Step:
    """The PIN leaves for the city hall; nothing of it stays."""
    if session.account is None or len(screen.pin) < PIN_SHORTEST:
        return session, ()
    attempt = session.attempt + 1
    order = ProvePin(attempt, session.account.principal_id, screen.pin)
    return replace(session, screen=CheckingPin(screen.section), attempt=attempt), (order,)


def pin_time(session: Session, screen: EnterPin) -> Session:
    """The city hall listens again."""
    if screen.until is None or session.now < screen.until:
        return session
    return replace(session, screen=replace(screen, until=None))


def principals_asked(session: Session) -> Session:
    """The choice whose account to show, where there is one."""
    account = session.account
    if not isinstance(session.screen, AccountView) or account is None:
        return session
    return replace(session, screen=ChoosePrincipal()) if len(account.principals) > 1 else session


def principal_chosen(session: Session, principal_id: str) -> Step:
    """Fetch the account of one of them; one's present account is there already."""
    account = session.account
    if not isinstance(session.screen, ChoosePrincipal) or account is None:
        return session, ()
    if principal_id == account.principal_id:
        return replace(session, screen=AccountView()), ()
    if principal_id not in {principal.id for principal in account.principals}:
        return session, ()
    attempt = session.attempt + 1
    after = replace(session, screen=Switching(principal_id), attempt=attempt)
    return after, (FetchAccount(attempt, principal_id),)


def payment(session: Session, receivable_id: str) -> Session:
    """How one receivable is paid."""
    if not isinstance(session.screen, AccountView) or session.account is None:
        return session
    receivable = session.account.receivable(receivable_id)
    if receivable is None or receivable.paid:
        return session
    return replace(session, screen=PaymentView(receivable_id))


def print_asked(session: Session) -> Step:
    """Print what is on the screen."""
    match session.screen:
        case PaymentView(receivable_id):
            return printing(session, receivable_id)
        case AccountView():
            return printing(session, None)
        case _:
            return session, ()


def printing(session: Session, receivable_id: str | None) -> Step:
    """Print a payment, or for None the overview."""
    if session.account is None:
        return session, ()
    attempt = session.attempt + 1
    after = replace(session, screen=Printing(receivable_id), attempt=attempt)
    if receivable_id is None:
        return after, (PrintOverview(attempt, session.account),)
    receivable = session.account.receivable(receivable_id)
    if receivable is None:
        return session, ()
    payer = session.account.acting_for or session.account.person
    return after, (PrintPayment(attempt, receivable, payer.display_name),)
