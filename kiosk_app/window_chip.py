"""What a card says and proves, for the window's way to an account; it keeps nothing of it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import assert_never

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import (
    ContactCardEvidence,
    DocumentEvidence,
    Evidence,
    PaceData,
    PaceNonce,
    PaceResponses,
)
from kiosk_app.account.login import LoginChallenge
from kiosk_app.cards import pcsc
from kiosk_app.cards.chip import ChipReading
from kiosk_app.cards.eobcanka.contact_card import ContactCardReading
from kiosk_app.cards.icao.passwords import Can, MrzKey
from kiosk_app.cards.icao.passwords import Password as ChipPassword
from kiosk_app.cards.reading import CardReading, read_card, refuse_expired
from kiosk_app.session.password import CardCode, PassportData, Password
from kiosk_app.window_phases import asking_the_city_hall, reading_the_card

_MOST_PACE_STEPS = 8  # one for the nonce, three for the general authentication, and some room


class CardOnReader:
    """A card that was read and can still be asked to prove itself."""

    def __init__(self, reading: CardReading, password: ChipPassword | None) -> None:
        self._reading = reading
        self._password = password

    @property
    def evidence(self) -> Evidence:
        """What the card says of its holder, for the gateway to check."""
        match self._reading:
            case ChipReading() as chip:
                return DocumentEvidence(
                    chip.dg1, chip.sod, chip.dg14, chip.dg15, chip.card_access, chip.card_security
                )
            case ContactCardReading() as card:
                return ContactCardEvidence(
                    card.data.card_number,
                    card.facts.document_number,
                    card.data.iok.octet or 0,
                    card.certificate,
                    card.issuers,
                )
            case _ as unreachable:
                assert_never(unreachable)

    def prove(self, client: AccountClient, challenge: LoginChallenge) -> list[bytes]:
        """Let the gateway talk to the chip; the chip's answers to what it asked last.

        Raises:
            CardProblem: the card was taken or answers garbage.
            AccountProblem: the gateway asks for what this card or this kiosk does not do.
        """
        chip = self._reading
        if not isinstance(chip, ChipReading):
            if challenge.plain or challenge.protected or challenge.pace:
                raise _asks_too_much()
            return []
        if challenge.pace is not None:
            self._pace(client, challenge, chip)
        if not (challenge.plain or challenge.protected):
            return []
        with reading_the_card():
            return chip.relay(challenge.plain, challenge.protected)

    def _pace(self, client: AccountClient, challenge: LoginChallenge, chip: ChipReading) -> None:
        if self._password is None:
            raise _asks_too_much()
        with reading_the_card():
            data: PaceData = PaceNonce(chip.begin_pace_cam(self._password))
        for _ in range(_MOST_PACE_STEPS):
            with asking_the_city_hall():
                commands = client.pace_step(challenge.login_id, data)
            if not commands:
                return
            with reading_the_card():
                data = PaceResponses(tuple(chip.carry(commands)))
        raise _asks_too_much()


@contextmanager
def read_on(reader: str, password: Password | None) -> Iterator[CardOnReader]:
    """Read the card on a reader, and hold it while the gateway asks.

    Raises:
        CardProblem: with the cause that the citizen is told; also for what was not foreseen.
    """
    secret = _secret(password)
    with ExitStack() as stack:
        with reading_the_card():
            card = stack.enter_context(pcsc.open_card(reader))
            reading = read_card(card.transmit, card.atr, secret)
            refuse_expired(reading, datetime.now(UTC).date())
        yield CardOnReader(reading, secret)


def _secret(password: Password | None) -> ChipPassword | None:
    match password:
        case None:
            return None
        case CardCode(can):
            return Can(can)
        case PassportData(number, born, expires):
            return MrzKey(number, _printed(born), _printed(expires))
        case _ as unreachable:
            assert_never(unreachable)


def _printed(day: date) -> str:
    """A date as the machine readable zone has it (ICAO 9303 part 3, section 4.8)."""
    return day.strftime("%y%m%d")


def _asks_too_much() -> AccountProblem:
    sentence = "The gateway asks for a proof that this card does not give."
    return AccountProblem(AccountCause.BROKEN_ANSWER, sentence)
