"""The contact chip read whole, on the independent card; its states, its faults, its guard."""

import datetime as dt
from dataclasses import replace

import pytest

from kiosk_app.cards.apdu import Transmit
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.eobcanka.card_data import CodeState, SecurityCode
from kiosk_app.cards.eobcanka.commands import ForbiddenCommandError, guarded
from kiosk_app.cards.eobcanka.contact_card import is_contact_card, read_contact_card
from tests.fakes.eobcanka_card import faults
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import JANA, KAREL, ContactCardState
from tests.fakes.virtual_card.slot import Card

STATE = ContactCardState()
CONTENT = content_of(STATE)


def transmit(card: Card) -> Transmit:
    return lambda command: card.answer(command) or b""


def cause(card: Card) -> CardCause:
    with pytest.raises(CardProblem) as caught:
        read_contact_card(transmit(card))
    return caught.value.cause


def test_the_whole_card() -> None:
    card = ContactCard(content_of(STATE, KAREL))
    reading = read_contact_card(transmit(card))
    assert reading.data.card_number == "0000999009813"
    assert reading.data.serial_number == "0001020339383133"
    assert reading.data.iok == SecurityCode(1, 3, 3)
    assert reading.data.iok.state is CodeState.NORMAL
    assert reading.data.dok == SecurityCode(1, 10, 10)
    assert reading.certificate == card.content.certificate
    assert reading.issuers == ()
    assert (reading.facts.surname, reading.facts.given_names) == ("VZOR", "KAREL")
    assert reading.facts.document_number == "999009813"
    assert reading.facts.birth == dt.date(1979, 11, 2)
    assert reading.facts.birth_number == "7911029999"
    assert reading.facts.marital_status == "ženatý"
    assert reading.facts.issuer == "CN=Vydavatel VZOR sample,C=CZ"


def test_an_issuer_on_the_chip_is_passed_on() -> None:
    card = ContactCard(content_of(STATE, with_issuer=True))
    assert read_contact_card(transmit(card)).issuers == (STATE.issuing_der,)


def test_a_chip_without_a_second_certificate() -> None:
    card = ContactCard(replace(CONTENT, other=b""))
    assert read_contact_card(transmit(card)).issuers == ()


def test_nothing_personal_in_what_a_log_would_show() -> None:
    shown = repr(read_contact_card(transmit(ContactCard(CONTENT))))
    for personal in (JANA.surname, "JANA", JANA.document_number, JANA.birth_number, "1984"):
        assert personal not in shown


def test_a_blocked_iok_is_told_and_the_card_still_read() -> None:
    reading = read_contact_card(transmit(faults.blocked(STATE)))
    assert reading.data.iok == SecurityCode(5, 0, 3)
    assert reading.data.iok.state is CodeState.BLOCKED


def test_a_card_that_keeps_the_state_of_its_codes_to_itself() -> None:
    def silent(_count: int, command: bytes, answer: bytes | None) -> bytes | None:
        return b"\x6a\x88" if command[1] == 0xCA and command[3] >= 0x80 else answer

    reading = read_contact_card(transmit(faults.Faulty(ContactCard(CONTENT), silent)))
    assert reading.data.iok == SecurityCode(None, None, None)
    assert reading.data.iok.state is CodeState.NONE


def test_an_expired_certificate_is_read_and_says_so() -> None:
    facts = read_contact_card(transmit(faults.expired(STATE))).facts
    assert facts.expired(dt.date(2021, 1, 2))
    assert not facts.expired(dt.date(2021, 1, 1))


def test_a_bank_card_is_unsupported() -> None:
    assert cause(faults.bank_card()) is CardCause.UNSUPPORTED
    assert not is_contact_card(transmit(faults.bank_card()))
    assert is_contact_card(transmit(ContactCard(CONTENT)))


def test_a_chip_that_has_but_one_application_is_unsupported() -> None:
    def half(_count: int, command: bytes, answer: bytes | None) -> bytes | None:
        return b"\x6a\x82" if command[5:].endswith(b"\x02\x01\x00") else answer

    assert cause(faults.Faulty(ContactCard(CONTENT), half)) is CardCause.UNSUPPORTED


def test_a_chip_without_an_identification_certificate_is_unsupported() -> None:
    assert cause(ContactCard(replace(CONTENT, certificate=b""))) is CardCause.UNSUPPORTED


@pytest.mark.parametrize("after", range(40))
def test_garbage_after_any_number_of_answers(after: int) -> None:
    card = faults.garbage(ContactCard(CONTENT), after)
    try:
        read_contact_card(transmit(card))
    except CardProblem as problem:
        assert problem.cause in {CardCause.DAMAGED, CardCause.UNSUPPORTED}  # noqa: PT017 - late garbage may do no harm


def test_no_answer_at_all_is_damage() -> None:
    with pytest.raises(CardProblem) as caught:
        is_contact_card(lambda _command: b"")
    assert caught.value.cause is CardCause.DAMAGED


def test_endless_answers_and_endless_files_come_to_an_end() -> None:
    assert cause(faults.endless(ContactCard(CONTENT))) is CardCause.DAMAGED
    assert cause(faults.endless_file(ContactCard(CONTENT))) is CardCause.DAMAGED
    assert cause(faults.crumbs(ContactCard(CONTENT))) is CardCause.DAMAGED


@pytest.mark.parametrize("number", ["", "12 34", "é" * 3])
def test_a_card_number_that_is_none(number: str) -> None:
    def fault(_count: int, command: bytes, answer: bytes | None) -> bytes | None:
        return number.encode() + b"\x90\x00" if command[1:4] == b"\xca\x01\x01" else answer

    assert cause(faults.Faulty(ContactCard(CONTENT), fault)) is CardCause.DAMAGED


@pytest.mark.parametrize("head", [b"\x31\x82\x01", b"\x30\x82\xff", b"\x30\x80"])
def test_a_file_that_begins_as_no_certificate_does(head: bytes) -> None:
    changed = head + CONTENT.certificate[len(head) :]
    assert cause(ContactCard(replace(CONTENT, certificate=changed))) is CardCause.DAMAGED


def test_a_file_that_may_not_be_read() -> None:
    def fault(_count: int, command: bytes, answer: bytes | None) -> bytes | None:
        return b"\x69\x82" if command[1] == 0xB0 else answer

    assert cause(faults.Faulty(ContactCard(CONTENT), fault)) is CardCause.DAMAGED


@pytest.mark.parametrize("instruction", [0x20, 0x24, 0x2C])
@pytest.mark.parametrize("cla", [0x00, 0x0C, 0x80, 0x8C, 0x10])
def test_no_command_with_a_code_can_leave(cla: int, instruction: int) -> None:
    sent: list[bytes] = []

    def line(command: bytes) -> bytes:
        sent.append(command)
        return b"\x90\x00"

    with pytest.raises(ForbiddenCommandError):
        guarded(line)(bytes((cla, instruction, 0, 0x11, 4)) + b"1234")
    assert sent == []


def test_only_four_commands_can_leave() -> None:
    let = guarded(lambda _command: b"\x90\x00")
    passed = set()
    for cla in range(256):
        for instruction in range(256):
            try:
                let(bytes((cla, instruction, 0, 0)))
            except ForbiddenCommandError:
                continue
            passed.add((cla, instruction))
    assert passed == {(0x00, 0xA4), (0x00, 0xB0), (0x00, 0xC0), (0x80, 0xCA)}


def test_reading_a_card_sends_it_no_code() -> None:
    card = ContactCard(CONTENT)
    read_contact_card(transmit(card))
    assert card.code_commands == 0
