"""Reading a chip, against the independent virtual one."""

import pytest

from kiosk_app.cards.apdu import Transmit
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document


@pytest.fixture(scope="module")
def document() -> Document:
    return SampleState().issue(JANA)


@pytest.mark.parametrize("bits", [128, 192, 256])
@pytest.mark.parametrize("parameter_id", [12, 13, 15, 16, 17, 18])
def test_every_curve_and_key_length(document: Document, parameter_id: int, bits: int) -> None:
    chip = Chip(document, parameter_id, bits)
    reading = read_chip(answering(chip), Can("123456"))
    assert (reading.dg1, reading.dg14, reading.sod) == (document.dg1, document.dg14, document.sod)
    assert reading.mrz.document_number == "999009812"


@pytest.mark.parametrize("can", ["", "12345", "1234567", "12345a", "\uff11" * 6])
def test_what_is_no_can_never_reaches_the_card(can: str) -> None:
    def transmit(_command: bytes) -> bytes:
        raise AssertionError("The card was asked.")

    with pytest.raises(CardProblem) as caught:
        read_chip(transmit, Can(can))
    assert caught.value.cause is CardCause.WRONG_CAN


def test_a_second_reading_on_the_same_chip(document: Document) -> None:
    chip = Chip(document)
    first, second = (read_chip(answering(chip), Can("123456")) for _ in range(2))
    assert first.dg1 == second.dg1


def test_a_card_without_travel_document_is_unsupported() -> None:
    with pytest.raises(CardProblem) as caught:
        read_chip(lambda _command: b"\x6a\x82", Can("123456"))
    assert caught.value.cause is CardCause.UNSUPPORTED


def test_a_card_with_unknown_pace_only_is_unsupported(document: Document) -> None:
    class Proprietary(Chip):
        def card_access(self) -> bytes:
            return bytes.fromhex("31143012060A04007F0007020204020202010202010A")[:-1] + b"\x63"

    with pytest.raises(CardProblem) as caught:
        read_chip(answering(Proprietary(document)), Can("123456"))
    assert caught.value.cause is CardCause.UNSUPPORTED


def test_a_card_with_pace_but_without_travel_document_is_unsupported(document: Document) -> None:
    class Other(Chip):
        def _select(self, header: bytes, data: bytes) -> int:
            return 0x6A82 if header[2] == 0x04 else super()._select(header, data)

    with pytest.raises(CardProblem) as caught:
        read_chip(answering(Other(document)), Can("123456"))
    assert caught.value.cause is CardCause.UNSUPPORTED


def test_several_offers_make_the_chosen_one_be_named(document: Document) -> None:
    named: list[bytes] = []

    class Generous(Chip):
        def card_access(self) -> bytes:
            integrated = bytes.fromhex("3012060A04007F0007020204040202010202010D")
            return b"\x31\x28" + integrated + super().card_access()[2:]

    chip = Generous(document)

    def transmit(command: bytes) -> bytes:
        if command[:4] == b"\x00\x22\xc1\xa4":
            named.append(command[-3:])
        return chip.answer(command) or b""

    read_chip(transmit, Can("123456"))
    assert named == [b"\x84\x01\x0c"]


def test_a_relay_of_too_many_commands_is_refused(document: Document) -> None:
    reading = read_chip(answering(Chip(document)), Can("123456"))
    with pytest.raises(CardProblem, match="too many"):
        reading.relay([b"\x00\xb0\x00\x00\x01"] * 17, [])


def test_nothing_of_the_holder_is_in_the_representation(document: Document) -> None:
    shown = repr(read_chip(answering(Chip(document)), Can("123456")))
    assert "VZOR" not in shown
    assert "999009812" not in shown


def answering(chip: Chip) -> Transmit:
    return lambda command: chip.answer(command) or b""
