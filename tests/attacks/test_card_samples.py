"""The named faulty cards, and each kind of chip pulled in mid-command, read by the kiosk."""

import pytest

from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can, mrz_key
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.all_samples import make
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.slot import Card

STATE = SampleState(seed="faulty cards")
BROKEN, NONE = {CardCause.DAMAGED}, {CardCause.UNSUPPORTED, CardCause.DAMAGED}
MOST_COMMANDS = 2_500


def cause(card: Card) -> CardCause:
    card.reset()
    asked = 0

    def transmit(command: bytes) -> bytes:
        nonlocal asked
        asked += 1
        assert asked <= MOST_COMMANDS
        return card.answer(command) or b""

    with pytest.raises(CardProblem) as caught:
        read_chip(transmit, Can(JANA.can), card.atr)
    return caught.value.cause


@pytest.mark.parametrize(
    ("name", "causes"),
    [
        ("garbage", NONE),
        ("endless", NONE),
        ("wrong-length", NONE),
        ("crumbs", NONE),
        ("lying-length", NONE),
        ("bomb", NONE),
        ("wide-bomb", NONE),
        ("wrong-mac", BROKEN),
        ("replaying", BROKEN),
        ("wrong-counter", BROKEN),
        ("truncated", BROKEN),
        ("pulled", BROKEN),
        ("downgraded", BROKEN),
    ],
)
def test_a_faulty_card(name: str, causes: set[CardCause]) -> None:
    assert cause(make(name, STATE)) in causes


@pytest.mark.parametrize("name", ["jana", "im", "cam", "3des", "short", "old-passport"])
@pytest.mark.parametrize("cut", ["pulled", "truncated"])
def test_every_kind_of_chip_cut_off_at_every_command(name: str, cut: str) -> None:
    chip = make(name, STATE)
    assert isinstance(chip, Chip)
    assert _read(chip, chip) is None
    step = 0
    while (problem := _read(chip, _cut(chip, cut, step))) is not None:
        assert problem.cause in NONE
        step += 1
    assert step > 15


def _cut(chip: Chip, cut: str, at: int) -> Card:
    if cut == "pulled":
        return faults.taken_after(chip, at)
    return faults.Faulty(
        chip, lambda count, _command, answer: answer[:1] if answer and count > at else answer
    )


def _read(chip: Chip, card: Card) -> CardProblem | None:
    """Read a card that stands before a chip; give the problem, None when it was read."""
    card.reset()
    document = chip.document
    password = Can(document.can) if chip.profile.offers else mrz_key(document.zone)
    try:
        read_chip(lambda command: card.answer(command) or b"", password, card.atr)
    except CardProblem as problem:
        return problem
    return None


def test_wrong_cans_are_told_with_the_tries_left_until_the_chip_blocks() -> None:
    chip = make("jana", STATE)
    chip.reset()
    left = []
    for _ in range(6):
        with pytest.raises(CardProblem) as caught:
            read_chip(lambda command: chip.answer(command) or b"", Can("000000"), chip.atr)
        left.append((caught.value.cause, caught.value.tries_left))
    assert left == [(CardCause.WRONG_CAN, tries) for tries in (4, 3, 2, 1, 0, 0)]


def test_a_clone_of_chip_authentication_mapping_does_not_open() -> None:
    """The static key of EF.CardSecurity is not in the copy: the mapping gives it away."""
    original = make("cam", STATE)
    assert isinstance(original, Chip)
    assert cause(faults.cloned_chip(original)) is CardCause.DAMAGED
