"""Attacks by a contact chip, or by what stands between it and the reader, on the kiosk."""

import json
import logging

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.card_facts import card_facts, readable
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.eobcanka.certificate import parse_identification
from kiosk_app.cards.eobcanka.commands import ForbiddenCommandError
from kiosk_app.cards.eobcanka.contact_card import read_contact_card
from tests.fakes.eobcanka_card import faults
from tests.fakes.eobcanka_card.card import CODE_COMMANDS, ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import JANA, ContactCardState

STATE = ContactCardState()
CONTENT = content_of(STATE)
MOST_COMMANDS = 300


def length_of_a_reading() -> int:
    sent: list[bytes] = []
    card = ContactCard(CONTENT)

    def transmit(command: bytes) -> bytes:
        sent.append(command)
        return card.answer(command) or b""

    read_contact_card(transmit)
    return len(sent)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=40))
def test_any_answers_end_in_a_cause(answers: list[bytes]) -> None:
    script = iter(answers)
    with pytest.raises(CardProblem):
        read_contact_card(lambda _command: next(script, b"\x6f\x00"))


@given(st.integers(1, 45), st.binary(min_size=1, max_size=12), st.integers(0, 260))
def test_any_answer_changed_anywhere_ends_soon_and_sends_no_code(
    number: int, noise: bytes, at: int
) -> None:
    """Nothing signs what a contact chip says, so a change may be read: never longer, no code."""
    sent: list[bytes] = []
    card = ContactCard(CONTENT)

    def transmit(command: bytes) -> bytes:
        sent.append(command)
        answer = card.answer(command) or b""
        place = min(at, len(answer))
        changed = answer[:place] + noise + answer[place + len(noise) :]
        return changed if len(sent) == number else answer

    try:
        read_contact_card(transmit)
    except CardProblem as problem:
        assert problem.cause in {CardCause.DAMAGED, CardCause.UNSUPPORTED}  # noqa: PT017 - a change may be harmless
    assert len(sent) < MOST_COMMANDS
    assert not {command[1] for command in sent} & CODE_COMMANDS
    assert card.code_commands == 0


@pytest.mark.parametrize("commands", range(length_of_a_reading()))
def test_pulled_in_the_middle_of_any_command(commands: int) -> None:
    card = faults.taken_after(ContactCard(CONTENT), commands)

    def transmit(command: bytes) -> bytes:
        answer = card.answer(command)
        if answer is None:
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "The card has gone.")
        return answer

    with pytest.raises(CardProblem) as caught:
        read_contact_card(transmit)
    assert caught.value.cause is CardCause.TAKEN_TOO_EARLY


@pytest.mark.parametrize("cla", [0x00, 0x80, 0x0C])
def test_a_chip_cannot_coax_the_kiosk_into_a_command_with_a_code(cla: int) -> None:
    """Whatever status asks for a code (6982, 63Cx, 6983), none is sent."""
    sent: list[int] = []

    def transmit(command: bytes) -> bytes:
        sent.append(command[1])
        return (b"\x69\x82", b"\x63\xc3", b"\x69\x83")[(len(sent) + cla) % 3]

    with pytest.raises((CardProblem, ForbiddenCommandError)):
        read_contact_card(transmit)
    assert not set(sent) & CODE_COMMANDS


def test_an_issuer_that_gives_orders_to_a_terminal() -> None:
    evil = ContactCardState("\x1b[2J\x1b]0;pwned\x07" + "x" * 20)
    facts = parse_identification(evil.issue(JANA).public_bytes(Encoding.DER))
    assert facts.issuer.isprintable()
    card = ContactCard(content_of(evil))
    reading = read_contact_card(lambda command: card.answer(command) or b"")
    told = card_facts(reading, "R", facts.valid_from.date(), personal=True)
    assert "\x1b" not in readable(told) + json.dumps(told, ensure_ascii=False)


def test_nothing_of_the_card_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for card in (ContactCard(CONTENT), faults.garbage(ContactCard(CONTENT), 30)):
        try:
            read_contact_card(lambda command, card=card: card.answer(command) or b"")  # type: ignore[misc] # mypy infers no types for a bound default
        except CardProblem as problem:
            logging.getLogger(__name__).info("%r %s", problem, problem.detail)
    assert JANA.document_number not in caplog.text
    assert JANA.surname not in caplog.text
    assert CONTENT.certificate.hex()[:16] not in caplog.text.lower()
