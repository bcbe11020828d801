"""Opens a chip by PACE or basic access and stands in its travel document; reads no data groups."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiosk_app.cards.apdu import Send, Transmit
from kiosk_app.cards.icao import access, bac, files, pace, pace_cam
from kiosk_app.cards.icao.access import AccessError, AccessProtocol, PaceVariant
from kiosk_app.cards.icao.card_security import parse_card_security
from kiosk_app.cards.icao.passwords import Can, Password
from kiosk_app.cards.icao.protected_line import ProtectedLine

Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Opened:
    """A chip with its channel open and the travel document's application selected.

    Attributes:
        variant: of PACE; None after basic access.
        card_access: EF.CardAccess; None where there is none.
        card_security: EF.CardSecurity; None unless chip authentication mapping is offered.
    """

    line: ProtectedLine
    variant: PaceVariant | None = None
    card_access: bytes | None = None
    card_security: bytes | None = None

    @property
    def protocol(self) -> AccessProtocol:
        """How it was opened."""
        return AccessProtocol.BAC if self.variant is None else self.variant.protocol


def open_chip(
    transmit: Transmit, send: Send, password: Password, block: int, chance: Chance
) -> Opened:
    """Open a chip that stands in its master file.

    PACE in the strongest variant that both sides know; basic access only with a machine readable
    zone and where the chip has no EF.CardAccess.

    Args:
        transmit: sends one APDU.
        send: the same, with commands and answers told apart.
        password: what opens it.
        block: the most bytes to read in one command.
        chance: gives that many random bytes.

    Raises:
        AccessError: there is no way in, or no travel document inside.
        WrongPasswordError, WrongKeyError: the password is another document's.
        PaceError, BacError, ChipDataError, FileError, SecureMessagingError, ApduError, TlvError,
        SecurityInfoError, CurveError: the chip does not follow the standard.
    """
    card_access = _card_access(send)
    if card_access is None:
        return _open_with_bac(transmit, send, password, chance)
    variant = access.choose_pace(card_access)
    drawn = pace.secrets_from(variant, chance(pace.chance_size(variant)))
    done = pace.establish(send, variant, password, drawn)
    line = ProtectedLine(transmit, done.channel)
    security = _card_security(line.send, variant, card_access, block)
    if done.chip_data is not None:
        static = pace_cam.static_point(variant.curve, parse_card_security(security or b""))
        keys = done.channel.keys
        pace_cam.check(variant.curve, keys, done.chip_data, static, done.mapping_point)
    _select_application(line.send)
    return Opened(line, variant, card_access, security)


def _card_access(send: Send) -> bytes | None:
    try:
        return files.read_optional_file(send, files.CARD_ACCESS)
    except files.FileError as error:
        raise AccessError(str(error)) from error


def _card_security(send: Send, used: PaceVariant, card_access: bytes, block: int) -> bytes | None:
    """Read what a proof by chip authentication mapping needs, here or later at the gateway."""
    if used.protocol is AccessProtocol.PACE_CHIP_AUTHENTICATION:
        return files.read_file(send, files.CARD_SECURITY, block)
    if access.choose_pace_cam(card_access) is None:
        return None
    with suppress(files.FileError):  # the gateway judges whether the chip may do without it
        return files.read_file(send, files.CARD_SECURITY, block)
    return None


def _open_with_bac(transmit: Transmit, send: Send, password: Password, chance: Chance) -> Opened:
    if isinstance(password, Can):
        raise AccessError("The document has no PACE; its machine readable zone would open it.")
    _select_application(send)
    channel = bac.establish(send, password, chance(bac.CHANCE_SIZE))
    return Opened(ProtectedLine(transmit, channel))


def _select_application(send: Send) -> None:
    if not send(files.select_application()).ok:
        raise AccessError("The card has no travel document inside.")
