"""Short and extended lengths, and which files are ever asked for."""

from collections.abc import Callable

import pytest

from kiosk_app.cards.apdu import parse_command
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.passwords import Can
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.fakes.virtual_card.sample_cards import chip as sample

STATE = SampleState()
CAN = Can(JANA.can)
WRONG_LENGTH = b"\x67\x00"
ATR_WITH_EXTENDED = bytes.fromhex("3B85800180738001407A")


class Asked(Chip):
    """A chip that notes what it is asked for behind the protection."""

    def __init__(self, honest: Chip) -> None:
        self.selected: list[str] = []
        self.lengths: list[int] = []
        super().__init__(honest.document, profile=honest.profile)

    def _select(self, header: bytes, data: bytes) -> int:
        self.selected.append(data.hex())
        return super()._select(header, data)

    def _read(self, place: int, le: int) -> tuple[bytes, int]:
        self.selected += [f"short {place >> 8 & 0x1F:02x}"] if place & 0x8000 else []
        self.lengths.append(le)
        return super()._read(place, le)


def noting(profile: Profile | None = None) -> Asked:
    return Asked(sample(STATE, JANA, profile))


def read(
    chip: Chip, reader: Callable[[bytes], bytes | None] | None = None, atr: bytes = b""
) -> ChipReading:
    def transmit(command: bytes) -> bytes:
        refused = reader(command) if reader else None
        return refused or chip.answer(command) or b""

    return read_chip(transmit, CAN, atr)


def is_extended(command: bytes) -> bool:
    return parse_command(command).extended


def test_only_what_identifies_is_ever_asked_for() -> None:
    chip = noting(Profile((Offer(Mapping.CHIP_AUTHENTICATION),)))
    read(chip)
    assert chip.selected == [
        *("3f00", "2f01", "011c", "011d"),
        "a0000002471001",
        *("0101", "010e", "010f", "011d"),
    ]


@pytest.mark.parametrize("identifier", ["0102", "0103", "0104"])
def test_portrait_and_fingerprints_are_never_selected(identifier: str) -> None:
    for profile in (Profile(), Profile(extended=False), Profile((Offer(bits=112),))):
        chip = noting(profile)
        read(chip)
        assert identifier not in chip.selected


def test_big_files_are_read_with_extended_length() -> None:
    chip = noting()
    assert read(chip).sod == chip.document.sod
    assert max(chip.lengths) > 256
    short = noting(Profile(extended=False))
    assert read(short).sod == short.document.sod
    assert max(short.lengths) <= 256
    assert len(chip.lengths) < len(short.lengths)


def test_the_chips_own_limit_is_kept() -> None:
    answers: list[int] = []
    chip = noting()

    def transmit(command: bytes) -> bytes:
        answers.append(len(answer := chip.answer(command) or b""))
        return answer

    read_chip(transmit, CAN)
    assert 256 < max(answers) <= 0x0400


def test_the_answer_to_reset_spares_asking() -> None:
    chip = noting(Profile())
    assert read(chip, atr=ATR_WITH_EXTENDED).sod == chip.document.sod
    assert "2f01" not in chip.selected
    assert max(chip.lengths) > 256


def test_a_reader_without_extended_length_is_noticed_once() -> None:
    chip = noting()
    refused: list[bytes] = []

    def reader(command: bytes) -> bytes | None:
        if not is_extended(command):
            return None
        refused.append(command)
        return WRONG_LENGTH

    assert read(chip, reader).sod == chip.document.sod
    assert len(refused) == 1
    assert chip.selected.count("a0000002471001") == 2


def test_a_reader_that_fails_at_extended_length_is_noticed_once() -> None:
    chip = noting()
    failed: list[bytes] = []

    def reader(command: bytes) -> bytes | None:
        if is_extended(command):
            failed.append(command)
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "not transacted")
        return None

    assert read(chip, reader).sod == chip.document.sod
    assert len(failed) == 1


def test_a_card_taken_at_a_short_command_is_not_asked_again() -> None:
    asked = 0

    def reader(_command: bytes) -> bytes | None:
        nonlocal asked
        asked += 1
        if asked == 7:
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "gone")
        return None

    with pytest.raises(CardProblem) as caught:
        read(noting(), reader)
    assert (caught.value.cause, asked) == (CardCause.TAKEN_TOO_EARLY, 7)


def test_a_card_taken_at_extended_length_is_told_as_taken() -> None:
    chip, gone = noting(), False

    def reader(command: bytes) -> bytes | None:
        nonlocal gone
        gone = gone or is_extended(command)
        if gone:
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "gone")
        return None

    with pytest.raises(CardProblem) as caught:
        read(chip, reader)
    assert caught.value.cause is CardCause.TAKEN_TOO_EARLY


def test_a_chip_that_refuses_a_length_under_protection_is_read_on() -> None:
    class Refusing(Asked):
        def _read(self, place: int, le: int) -> tuple[bytes, int]:
            return (b"", 0x6700) if le > 256 else super()._read(place, le)

    chip = Refusing(sample(STATE, JANA))
    assert read(chip).sod == chip.document.sod
    assert chip.selected.count("a0000002471001") == 1


def test_a_chip_that_gives_less_than_asked_is_read_on() -> None:
    chip = noting(Profile(block=100))
    assert read(chip).sod == chip.document.sod
