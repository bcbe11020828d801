"""What a person is told when an ICAO chip cannot be read; reads none."""

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk_app.cards.apdu import ApduError
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.icao.access import AccessError, DowngradeError
from kiosk_app.cards.icao.bac import BacError, WrongKeyError
from kiosk_app.cards.icao.curves import CurveError
from kiosk_app.cards.icao.files import FileError
from kiosk_app.cards.icao.pace_cam import ChipDataError
from kiosk_app.cards.icao.pace_steps import PaceError, WrongPasswordError
from kiosk_app.cards.icao.passwords import PasswordError
from kiosk_app.cards.icao.relaying import RelayError
from kiosk_app.cards.icao.secure_messaging import SecureMessagingError
from kiosk_app.cards.icao.security_infos import SecurityInfoError
from kiosk_app.cards.mrz import MrzError
from kiosk_app.cards.tlv import TlvError

_BROKEN = (
    *(ApduError, TlvError, MrzError, SecurityInfoError, SecureMessagingError, FileError),
    *(CurveError, PaceError, BacError, ChipDataError, DowngradeError),
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what went wrong into what the citizen is told.

    Raises:
        CardProblem: instead of every error that a chip, a password or the gateway's commands cause.
    """
    try:
        yield
    except WrongPasswordError as error:
        raise CardProblem(CardCause.WRONG_CAN, str(error), error.tries_left) from error
    except (PasswordError, WrongKeyError) as error:
        raise CardProblem(CardCause.WRONG_CAN, str(error)) from error
    except _BROKEN as error:
        raise CardProblem(CardCause.DAMAGED, str(error)) from error
    except (AccessError, RelayError) as error:
        raise CardProblem(CardCause.UNSUPPORTED, str(error)) from error
