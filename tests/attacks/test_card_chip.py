"""Attacks by a chip, or by what stands between it and the reader, on the kiosk."""

import os
import secrets
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.apdu import Transmit
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.slot import Card

DOCUMENT = SampleState().issue(JANA)
GENERAL_AUTHENTICATE_KEY = b"\x7c\x43\x83\x41"
GENERAL_AUTHENTICATE_MAP = b"\x7c\x43\x81\x41"
GENERAL_AUTHENTICATE_TOKEN = b"\x7c\x0a\x85\x08"
PROTECTED_READ = b"\x0c\xb0"


def transmit(card: Card) -> Transmit:
    return lambda command: card.answer(command) or b""


def cause(card: Card, can: str = "123456") -> CardCause:
    with pytest.raises(CardProblem) as caught:
        read_chip(transmit(card), Can(can))
    return caught.value.cause


def test_wrong_can_is_told_and_reads_nothing() -> None:
    assert cause(Chip(DOCUMENT), "654321") is CardCause.WRONG_CAN


def test_pace_token_of_the_chip_wrong() -> None:
    card = faults.altered(
        Chip(DOCUMENT),
        GENERAL_AUTHENTICATE_TOKEN,
        lambda answer: answer[:-3] + bytes((answer[-3] ^ 1,)) + answer[-2:],
    )
    assert cause(card) is CardCause.WRONG_CAN


@pytest.mark.parametrize("step", [GENERAL_AUTHENTICATE_MAP, GENERAL_AUTHENTICATE_KEY])
@pytest.mark.parametrize(
    "point",
    [bytes(64), secrets.token_bytes(64), bytes(63) + b"\x01"],
    ids=["zero", "off-curve", "small"],
)
def test_point_not_on_the_curve(step: bytes, point: bytes) -> None:
    card = faults.altered(Chip(DOCUMENT), step, lambda answer: answer[:5] + point + b"\x90\x00")
    assert cause(card) is CardCause.DAMAGED


def test_point_at_infinity() -> None:
    card = faults.altered(
        Chip(DOCUMENT), GENERAL_AUTHENTICATE_MAP, lambda _answer: b"\x7c\x03\x82\x01\x00\x90\x00"
    )
    assert cause(card) is CardCause.DAMAGED


def test_secure_messaging_code_wrong() -> None:
    card = faults.altered(
        Chip(DOCUMENT),
        PROTECTED_READ,
        lambda answer: answer[:-3] + bytes((answer[-3] ^ 1,)) + answer[-2:],
    )
    assert cause(card) is CardCause.DAMAGED


def test_secure_messaging_dropped_by_the_chip() -> None:
    card = faults.altered(Chip(DOCUMENT), PROTECTED_READ, lambda _answer: bytes(64) + b"\x90\x00")
    assert cause(card) is CardCause.DAMAGED


@pytest.mark.parametrize("after", [0, 1, 2, 3, 5, 8, 12])
def test_garbage_after_any_number_of_answers(after: int) -> None:
    assert cause(faults.garbage(Chip(DOCUMENT), after)) in {
        CardCause.DAMAGED,
        CardCause.UNSUPPORTED,
    }


def test_endless_answer_comes_to_an_end() -> None:
    assert cause(faults.endless(Chip(DOCUMENT))) in {CardCause.DAMAGED, CardCause.UNSUPPORTED}


def test_a_file_given_in_crumbs_comes_to_an_end() -> None:
    assert cause(faults.crumbs(Chip(DOCUMENT))) is CardCause.UNSUPPORTED


def test_a_file_of_huge_length() -> None:
    class Huge(Chip):
        def card_access(self) -> bytes:
            return b"\x31\x83\xff\xff\xff" + bytes(400)

    assert cause(Huge(DOCUMENT)) is CardCause.UNSUPPORTED


def test_a_wrong_machine_readable_zone() -> None:
    changed = replace(DOCUMENT, dg1=DOCUMENT.dg1.replace(b"999009812", b"999009810"))
    assert cause(Chip(changed)) is CardCause.DAMAGED


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8))
def test_any_answers_end_in_a_cause(answers: list[bytes]) -> None:
    script = iter(answers)
    with pytest.raises(CardProblem):
        read_chip(lambda _command: next(script, b"\x6f\x00"), Can("123456"))


@given(st.integers(1, 18), st.binary(min_size=1, max_size=12), st.integers(0, 200))
def test_any_answer_changed_anywhere_ends_in_a_cause_or_the_same_data(
    number: int, noise: bytes, at: int
) -> None:
    """Status "more data" aside, a change can only stop the reading, never alter what is read."""

    def fault(count: int, _command: bytes, answer: bytes | None) -> bytes | None:
        if count != number or answer is None:
            return answer
        place = min(at, len(answer))
        return answer[:place] + noise + answer[place + len(noise) :]

    card = faults.Faulty(Chip(DOCUMENT), fault)
    try:
        reading = read_chip(transmit(card), Can("123456"))
    except CardProblem:
        return
    assert (reading.dg1, reading.sod) == (DOCUMENT.dg1, DOCUMENT.sod)


def test_problems_tell_nothing_of_the_card() -> None:
    changed = replace(DOCUMENT, dg1=DOCUMENT.dg1.replace(b"999009812", b"999009810"))
    with pytest.raises(CardProblem) as caught:
        read_chip(transmit(Chip(changed)), Can("123456"))
    shown = repr(caught.value) + os.linesep + caught.value.detail
    assert "99900981" not in shown
    assert "123456" not in shown
