"""Cards that are pulled, fall silent or answer nonsense, over a real pcscd; the next is read."""

import threading
from collections.abc import Iterator

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.eobcanka.contact_card import ContactCardReading
from tests.fakes.document_signer import SampleState
from tests.fakes.eobcanka_card import faults as contact_faults
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.all_samples import make
from tests.fakes.virtual_card.sample_cards import chip
from tests.fakes.virtual_card.slot import Card
from tests.integration.card_rig import CardRig, card_rig, cause, read

STATE = SampleState()
CONTENT = content_of(ContactCardState())
SOME = (0, 1, 9, 17)
MORE_THAN_ANY = 60


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[CardRig]:
    with card_rig(monkeypatch) as rig:
        yield rig


def pulled(kind: str, commands: int) -> Card:
    if kind == "contact":
        return contact_faults.taken_after(ContactCard(CONTENT), commands)
    return faults.taken_after(chip(STATE), commands)


def _pulled_after(rig: CardRig, kind: str, commands: int) -> bool:
    """Read a card that is pulled after some commands; whether it was too early."""
    name = rig.lay(pulled(kind, commands))
    try:
        read(name)
    except CardProblem as problem:
        assert problem.cause is CardCause.TAKEN_TOO_EARLY, f"after {commands} commands"  # noqa: PT017 - a card pulled late is read
        return True
    return False


@pytest.mark.parametrize("kind", ["icao", "contact"])
@pytest.mark.parametrize("commands", SOME)
def test_pulled_after_some_commands(rig: CardRig, kind: str, commands: int) -> None:
    assert _pulled_after(rig, kind, commands)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["icao", "contact"])
def test_pulled_after_every_number_of_commands(rig: CardRig, kind: str) -> None:
    ends = [_pulled_after(rig, kind, commands) for commands in range(MORE_THAN_ANY)]
    assert ends == sorted(ends, reverse=True)
    assert True in ends
    assert False in ends


@pytest.mark.parametrize("commands", [0, 12])
def test_a_contact_card_that_asks_for_more_time_for_ever(rig: CardRig, commands: int) -> None:
    told = threading.Event()

    def silent(count: int, _command: bytes, answer: bytes | None) -> bytes | None:
        if count > commands:
            told.wait()
        return answer

    name = rig.lay(contact_faults.Faulty(ContactCard(CONTENT), silent))
    patience = pcsc.Patience(answer=0.3)
    assert cause(name, patience) is CardCause.TURNED_OVER
    assert cause(name, patience) is CardCause.TURNED_OVER  # the first one still waits for it
    rig.slot.take()
    told.set()
    assert isinstance(read(rig.lay(make("jana-contact", STATE))), ContactCardReading)


def test_a_card_that_answers_each_command_slowly(rig: CardRig) -> None:
    name = rig.lay(make("jana-contact", STATE))
    assert cause(name, pcsc.Patience(answer=5.0, whole=0.0)) is CardCause.TURNED_OVER


def nonsense() -> dict[str, Card]:
    card = ContactCard(CONTENT)
    return {
        "garbage": contact_faults.garbage(card, 5),
        "endless": contact_faults.endless(card),
        "endless file": contact_faults.endless_file(card),
        "crumbs": contact_faults.crumbs(card),
        "64 KB": contact_faults.Faulty(card, lambda *_: bytes(65_000) + b"\x90\x00"),
        "always 6Cxx": contact_faults.Faulty(card, lambda *_: b"\x6c\x10"),
        "one byte": contact_faults.Faulty(card, lambda *_: b"\x90"),
    }


def test_contact_cards_that_answer_nonsense(rig: CardRig) -> None:
    told = {name: cause(rig.lay(card)) for name, card in nonsense().items()}
    assert set(told.values()) <= {CardCause.DAMAGED, CardCause.UNSUPPORTED}, told
    assert isinstance(read(rig.lay(make("jana-contact", STATE))), ContactCardReading)
