"""What the workers' answers do; an answer to an older attempt is not for the present screen."""

from dataclasses import replace
from typing import assert_never

from kiosk_app.account.causes import AccountCause
from kiosk_app.account.model import Account
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import Cause
from kiosk_app.session.effects import RevokeToken
from kiosk_app.session.ending import Step
from kiosk_app.session.events import (
    AccountArrived,
    Answer,
    ChipRead,
    PrintFailed,
    ReceiptPrinted,
    SignInFailed,
)
from kiosk_app.session.model import Device, Session, touched
from kiosk_app.session.screen import (
    AccountView,
    EnterCan,
    Printed,
    Printing,
    Problem,
    PutCard,
    Reading,
)


def step(session: Session, event: Answer) -> Step:
    """The session after an answer; a token that came too late is given back."""
    if event.attempt != session.attempt:
        return session, (RevokeToken(),) if isinstance(event, AccountArrived) else ()
    match session.screen:
        case Reading(can):
            return _signing_in(session, event, can)
        case Printing(receivable_id):
            return _printing(session, event, receivable_id), ()
        case _:
            return session, ()


def gave_up(session: Session) -> Step:
    """The session after the workers were silent for too long."""
    late = replace(session, attempt=session.attempt + 1)
    match session.screen:
        case Printing(receivable_id):
            problem = Problem(PrinterCause.NOT_CONFIRMED, receivable_id)
            return touched(replace(late, screen=problem)), ()
        case _:
            problem = Problem(AccountCause.UNREACHABLE)
            return touched(replace(late, screen=problem)), (RevokeToken(),)


def _signing_in(session: Session, event: Answer, can: str) -> Step:
    match event:
        case ChipRead():
            return replace(session, chip_read=True, screen=Reading(can, chip_read=True)), ()
        case AccountArrived(_, account):
            return _arrived(session, account)
        case SignInFailed(_, cause):
            return _failed(session, cause, can), (RevokeToken(),)
        case ReceiptPrinted() | PrintFailed():
            return session, ()
        case _ as unreachable:
            assert_never(unreachable)


def _arrived(session: Session, account: Account) -> Step:
    found = replace(session, missing=session.missing - {Device.GATEWAY})
    return touched(replace(found, account=account, screen=AccountView())), ()


def _failed(session: Session, cause: Cause, can: str) -> Session:
    late = touched(replace(session, attempt=session.attempt + 1))
    match cause:
        case CardCause.WRONG_CAN:
            return replace(late, screen=EnterCan(wrong=True))
        case CardCause.TAKEN_TOO_EARLY:
            # The monitor may say so in a moment; the card may also lie there again already.
            return replace(late, screen=PutCard(can, moved=True))
        case _:
            return replace(late, screen=Problem(cause))


def _printing(session: Session, event: Answer, receivable_id: str | None) -> Session:
    match event:
        case ReceiptPrinted():
            return touched(replace(session, screen=Printed(receivable_id)))
        case PrintFailed(_, cause):
            return touched(replace(session, screen=Problem(cause, receivable_id)))
        case ChipRead() | AccountArrived() | SignInFailed():
            return session
        case _ as unreachable:
            assert_never(unreachable)
