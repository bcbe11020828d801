"""Chips that answer anything at any step, whichever way they are opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.causes import CardProblem
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.passwords import Can, Password, mrz_key
from tests.fakes.document_signer import JANA, Recipe, SampleState, machine_readable_zone
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.fakes.virtual_card.sample_cards import chip as sample

STATE = SampleState()
CAN = Can(JANA.can)
MRZ = mrz_key(machine_readable_zone(JANA))
WAYS: list[tuple[Password, Profile]] = [
    (CAN, Profile((Offer(Mapping.INTEGRATED),))),
    (CAN, Profile((Offer(Mapping.CHIP_AUTHENTICATION),))),
    (CAN, Profile((Offer(bits=112),), extended=False)),
    (MRZ, Profile((), bac=True)),
]
CHIPS = [(password, sample(STATE, JANA, profile, Recipe())) for password, profile in WAYS]


def read(chip: Chip, password: Password, number: int, change: bytes, at: int) -> ChipReading:
    """Read, with one answer of the chip changed, or replaced when ``at`` lies behind it."""
    asked = 0

    def transmit(command: bytes) -> bytes:
        nonlocal asked
        asked += 1
        answer = chip.answer(command) or b""
        if asked != number:
            return answer
        return answer[:at] + change + answer[at + len(change) :] if at < len(answer) else change

    return read_chip(transmit, password)


@given(st.sampled_from(CHIPS), st.integers(1, 28), st.binary(max_size=20), st.integers(0, 120))
def test_an_answer_changed_anywhere_ends_in_a_cause_or_the_same_document(
    opened: tuple[Password, Chip], number: int, change: bytes, at: int
) -> None:
    password, chip = opened
    document = chip.document
    try:
        reading = read(chip, password, number, change, at)
    except CardProblem:
        return
    assert (reading.dg1, reading.sod) == (document.dg1, document.sod)


@given(st.sampled_from([CAN, MRZ]), st.lists(st.binary(max_size=300), max_size=12))
def test_any_answers_end_in_a_cause(password: Password, answers: list[bytes]) -> None:
    script = iter(answers)
    with pytest.raises(CardProblem):
        read_chip(lambda _command: next(script, b"\x90\x00"), password)


@given(st.binary(max_size=40), st.lists(st.binary(max_size=80), max_size=8))
def test_anything_relayed_ends_in_a_cause_or_in_answers(one: bytes, more: list[bytes]) -> None:
    _password, chip = CHIPS[0]
    reading = read_chip(lambda command: chip.answer(command) or b"", CAN)
    try:
        answers = reading.relay([one], more)
    except CardProblem:
        return
    assert len(answers) == 1 + len(more)
