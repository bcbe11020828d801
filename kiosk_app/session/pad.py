"""What the keys of the pads write on the screens with something to type; nothing is sent."""

from dataclasses import replace

from kiosk_app.session import in_account
from kiosk_app.session.model import Session
from kiosk_app.session.password import CAN_LENGTH, PassportField
from kiosk_app.session.screen.in_account import EnterPin
from kiosk_app.session.screen.signing_in import EnterCan, EnterPassport


def typed(session: Session, sign: str) -> Session:
    """One more sign, where there is room for it and it can stand there."""
    match session.screen:
        case EnterCan(can) if len(can) < CAN_LENGTH and sign.isdigit():
            return replace(session, screen=EnterCan(can + sign))
        case EnterPassport(form):
            return replace(session, screen=EnterPassport(form.typed(sign)))
        case EnterPin() as screen if sign.isdigit():
            return in_account.pin_typed(session, screen, sign)
        case _:
            return session


def chosen(session: Session, name: PassportField) -> Session:
    """The next sign goes into the field `name`."""
    match session.screen:
        case EnterPassport(form, wrong):
            return replace(session, screen=EnterPassport(form.chosen(name), wrong=wrong))
        case _:
            return session


def erased(session: Session) -> Session:
    """The last sign is gone."""
    match session.screen:
        case EnterCan(can):
            return replace(session, screen=EnterCan(can[:-1]))
        case EnterPassport(form):
            return replace(session, screen=EnterPassport(form.erased()))
        case EnterPin(_, pin) as screen:
            return replace(session, screen=replace(screen, pin=pin[:-1]))
        case _:
            return session
