"""What the workers' answers do; an answer to an older attempt is not for the present screen."""

from dataclasses import replace

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session import sign_in
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import RevokeToken
from kiosk_app.session.ending import Step, ended
from kiosk_app.session.events.answers import (
    AccountArrived,
    Answer,
    ChipRead,
    PhoneCodeArrived,
    PhoneStillWaiting,
    PrintFailed,
    ReceiptPrinted,
    SignInFailed,
)
from kiosk_app.session.model import Device, Session, touched
from kiosk_app.session.password import CardCode, PassportData, Password
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import (
    AccountView,
    CheckingPin,
    EnterPin,
    Printed,
    Printing,
    Section,
    Switching,
)
from kiosk_app.session.screen.signing_in import (
    EnterCan,
    EnterPassport,
    PhoneAsking,
    PhoneWaiting,
    PutCard,
    Reading,
)
from kiosk_app.session.screen.trouble import Problem
from kiosk_app.session.seconds import Seconds


def step(session: Session, event: Answer) -> Step:  # noqa: PLR0911 - one line for each screen
    """The session after an answer; what came too late is given back."""
    if event.attempt != session.attempt:
        opens = isinstance(event, AccountArrived | PhoneCodeArrived) and session.account is None
        return session, (RevokeToken(),) if opens else ()
    match session.screen:
        case Reading(password):
            return _signing_in(session, event, password)
        case PhoneAsking():
            return _code(session, event)
        case PhoneWaiting() as screen:
            return _phone(session, event, screen)
        case CheckingPin(section):
            return _in_account(session, event, section)
        case Switching():
            return _in_account(session, event, Section.TODOS)
        case Printing(receivable_id):
            return _printing(session, event, receivable_id), ()
        case _:
            return session, ()


def gave_up(session: Session) -> Step:
    """The session after the workers were silent for too long."""
    late = touched(replace(session, attempt=session.attempt + 1))
    match session.screen:
        case Printing(receivable_id):
            return replace(late, screen=Problem(PrinterCause.NOT_CONFIRMED, receivable_id)), ()
        case CheckingPin(section):
            return replace(late, screen=Problem(AccountCause.UNREACHABLE, section=section)), ()
        case Switching():
            return replace(late, screen=Problem(AccountCause.UNREACHABLE)), ()
        case _:
            return replace(late, screen=Problem(AccountCause.UNREACHABLE)), (RevokeToken(),)


def _signing_in(session: Session, event: Answer, password: Password | None) -> Step:
    match event:
        case ChipRead():
            return replace(session, chip_read=True, screen=Reading(password, chip_read=True)), ()
        case AccountArrived():
            return _arrived(session, event, Section.TODOS), ()
        case SignInFailed():
            return _refused(session, _after_failure(event, password)), (RevokeToken(),)
        case _:
            return session, ()


def _arrived(session: Session, event: AccountArrived, section: Section) -> Session:
    return touched(
        replace(
            session,
            account=event.account,
            assurance=event.assurance,
            missing=session.missing - {Device.GATEWAY},
            screen=AccountView(section),
        )
    )


def _refused(session: Session, screen: Screen) -> Session:
    return touched(replace(session, screen=screen, attempt=session.attempt + 1))


def _after_failure(event: SignInFailed, password: Password | None) -> Screen:
    match event.cause, password:
        case CardCause.WRONG_CAN, CardCode() if event.tries_left != 0:
            return EnterCan(wrong=True, tries_left=event.tries_left)
        case CardCause.WRONG_CAN, PassportData() if event.tries_left != 0:
            return EnterPassport(wrong=True)
        case CardCause.TAKEN_TOO_EARLY, CardCode() | PassportData():
            # The monitor may say so in a moment; the card may also lie there again already.
            return PutCard(password, moved=True)
        case _:
            return Problem(event.cause)


def _code(session: Session, event: Answer) -> Step:
    match event:
        case PhoneCodeArrived(_, user_code, address, page, lifetime, interval):
            until, first = Seconds(session.now + lifetime), Seconds(session.now + interval)
            screen = PhoneWaiting(user_code, address, page, until, first, interval)
            return touched(replace(session, screen=screen)), ()
        case SignInFailed(_, cause):
            return _refused(session, Problem(cause)), (RevokeToken(),)
        case _:
            return session, ()


def _phone(session: Session, event: Answer, screen: PhoneWaiting) -> Step:
    match event:
        case PhoneStillWaiting(_, interval):
            return sign_in.phone_again(session, screen, interval), ()
        case AccountArrived():
            return _arrived(replace(session, by_phone=True), event, Section.TODOS), ()
        case SignInFailed(_, AccountCause.UNREACHABLE):
            return sign_in.phone_unheard(session, screen), ()
        case SignInFailed(_, cause):
            return _refused(session, Problem(cause)), (RevokeToken(),)
        case _:
            return session, ()


def _in_account(session: Session, event: Answer, section: Section) -> Step:
    """Answers about a PIN or another principal; a session the city hall ended is over here too."""
    match event:
        case AccountArrived():
            return _arrived(session, event, section), ()
        case SignInFailed(_, AccountCause.SESSION_ENDED):
            return ended(session, EndReason.TIMED_OUT)
        case SignInFailed(_, AccountCause.PIN_WRONG, tries_left, retry_after):
            until = Seconds(session.now + retry_after) if retry_after else None
            return _refused(session, EnterPin(section, "", True, tries_left, until)), ()  # noqa: FBT003 - the fields in their order
        case SignInFailed(_, AccountCause.PIN_LOCKED as cause):
            locked = replace(session, pin_locked=True)
            return _refused(locked, Problem(cause, section=section)), ()
        case SignInFailed(_, cause):
            return _refused(session, Problem(cause, section=section)), ()
        case _:
            return session, ()


def _printing(session: Session, event: Answer, receivable_id: str | None) -> Session:
    match event:
        case ReceiptPrinted():
            return touched(replace(session, screen=Printed(receivable_id)))
        case PrintFailed(_, cause):
            return touched(replace(session, screen=Problem(cause, receivable_id)))
        case _:
            return session
