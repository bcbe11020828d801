"""What the kiosk carries for the gateway, and what it does not."""

import secrets

import pytest

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import Command, parse_command, parse_response
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao import access, files, pace, pace_cam
from kiosk_app.cards.icao.card_security import parse_card_security
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.cards.icao.secure_messaging import SecureChannel
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import derive_session_keys
from tests.fakes.document_signer import JANA, Recipe, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.fakes.virtual_card.sample_cards import chip as sample

STATE = SampleState()
CAN = Can(JANA.can)
CAM = Offer(Mapping.CHIP_AUTHENTICATION)
SET_AT = bytes.fromhex("002241A40C800A04007F00070202030202")
SIGN = bytes.fromhex("0088000008010203040506070800")
CHANNEL = SecureChannel(derive_session_keys(b"of the gateway", Cipher.AES_128))


class Counting:
    """A transmit that counts."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip
        self.sent = 0

    def __call__(self, command: bytes) -> bytes:
        self.sent += 1
        return self.chip.answer(command) or b""


def reading(chip: Chip) -> tuple[ChipReading, Counting]:
    line = Counting(chip)
    return read_chip(line, CAN), line


def covered(command: Command) -> bytes:
    return CHANNEL.protect(command)[1].encode()


@pytest.mark.parametrize(
    "plain",
    [
        files.select_file(files.DG1).encode(),
        files.select_application().encode(),
        files.read_binary(0, 8).encode(),
        bytes.fromhex("0084000008"),
        bytes.fromhex("00820000080102030405060708"),
        bytes.fromhex("0022C1A40F800A04007F00070202040202830102"),
        bytes.fromhex("002281B6030101"),
        bytes.fromhex("0C880000080102030405060708"),
        bytes.fromhex("00D6000001FF"),
        b"\x00\x88",
        b"",
    ],
)
def test_a_plain_command_without_business_is_refused(plain: bytes) -> None:
    chip, line = reading(sample(STATE, JANA))
    before = line.sent
    with pytest.raises(CardProblem) as caught:
        chip.relay([SET_AT, plain], [])
    assert (caught.value.cause, line.sent) == (CardCause.UNSUPPORTED, before)


@pytest.mark.parametrize(
    "protected",
    [
        covered(files.select_file(files.ElementaryFile("EF.DG2", 0x0102, 0x75, 1))),
        covered(files.select_file(files.DG1)),
        covered(Command(0, 0xB0, 0x82, 0, le=8)),
        covered(Command(0, 0xB0, 0x83, 0, le=8)),
        covered(Command(0, 0xB0, 0x90, 0, le=8)),
        covered(Command(0, 0x88, 0, 0, bytes(8), 256)),
        files.read_by_short_identifier(files.DG1, 8).encode(),
    ],
)
def test_a_protected_command_without_business_is_refused(protected: bytes) -> None:
    chip, line = reading(sample(STATE, JANA))
    before = line.sent
    with pytest.raises(CardProblem, match="does not carry"):
        chip.relay([], [protected])
    assert line.sent == before


@pytest.mark.parametrize("file", [files.DG1, files.DG14, files.DG15, files.SOD])
def test_a_protected_read_by_short_identifier_is_carried(file: files.ElementaryFile) -> None:
    chip, _line = reading(sample(STATE, JANA))
    [answer] = chip.relay([], [covered(files.read_by_short_identifier(file, 8))])
    assert answer == b"\x69\x88"  # not this chip's keys


def test_a_protected_read_of_the_file_at_hand_is_carried() -> None:
    chip, _line = reading(sample(STATE, JANA))
    assert chip.relay([], [covered(files.read_binary(0, 8))]) == [b"\x69\x88"]


@pytest.mark.parametrize("bits", [1024, 2048])
def test_a_signature_of_active_authentication_comes_back_whole(bits: int) -> None:
    recipe = Recipe(chip_keys=(), active="rsa", active_bits=bits)
    for profile in (Profile(), Profile(extended=False)):
        chip, _line = reading(sample(STATE, JANA, profile, recipe))
        [answer] = chip.relay([SIGN], [])
        assert (len(answer), answer[-2:]) == (bits // 8 + 2, b"\x90\x00")


def test_a_long_signature_is_asked_for_with_extended_length_where_there_is_one() -> None:
    recipe = Recipe(chip_keys=(), active="rsa", active_bits=2048)
    for profile, extended in ((Profile(), True), (Profile(extended=False), False)):
        chip = sample(STATE, JANA, profile, recipe)
        sent: list[bytes] = []

        def transmit(command: bytes, chip: Chip = chip, sent: list[bytes] = sent) -> bytes:
            sent.append(command)
            return chip.answer(command) or b""

        read_chip(transmit, CAN).relay([SIGN], [])
        signing = [parse_command(c) for c in sent if c[1] == 0x88]
        assert [command.extended for command in signing] == [extended]


def test_a_card_taken_while_it_signs_is_told_as_taken() -> None:
    chip = sample(STATE, JANA, Profile(), Recipe(chip_keys=(), active="rsa", active_bits=2048))

    def transmit(command: bytes) -> bytes:
        if command[1] == 0x88:
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "gone")
        return chip.answer(command) or b""

    with pytest.raises(CardProblem) as caught:
        read_chip(transmit, CAN).relay([SIGN], [])
    assert caught.value.cause is CardCause.TAKEN_TOO_EARLY


def test_too_many_commands_are_refused() -> None:
    chip, line = reading(sample(STATE, JANA))
    before = line.sent
    with pytest.raises(CardProblem, match="too many"):
        chip.relay([SIGN] * 9, [covered(files.read_binary(0, 8))] * 8)
    with pytest.raises(CardProblem, match="too many"):
        chip.carry([SIGN] * 17)
    assert line.sent == before


@pytest.mark.parametrize("offer", [CAM, Offer(Mapping.CHIP_AUTHENTICATION, 16, 256)])
def test_the_gateway_runs_chip_authentication_mapping_itself(offer: Offer) -> None:
    chip, _line = reading(sample(STATE, JANA, Profile((offer, Offer())), Recipe(chip_keys=())))
    assert chip.card_access is not None
    assert chip.card_security is not None
    variant = access.choose_pace_cam(chip.card_access)
    assert variant is not None

    nonce = chip.begin_pace_cam(CAN)
    chance = secrets.token_bytes(pace.chance_size(variant))
    mapped, command = pace.begin(variant, nonce, pace.secrets_from(variant, chance))
    [answer] = chip.carry([command.encode()])
    agreed, command = mapped.answered(parse_response(answer))
    [answer] = chip.carry([command.encode()])
    confirming, command = agreed.answered(parse_response(answer))
    [answer] = chip.carry([command.encode()])
    done = confirming.answered(parse_response(answer))

    assert done.chip_data is not None
    static = pace_cam.static_point(variant.curve, parse_card_security(chip.card_security))
    keys = done.channel.keys
    pace_cam.check(variant.curve, keys, done.chip_data, static, done.mapping_point)


def test_a_chip_without_that_mapping_begins_none() -> None:
    chip, line = reading(sample(STATE, JANA))
    before = line.sent
    with pytest.raises(CardProblem, match="no PACE with chip authentication") as caught:
        chip.begin_pace_cam(CAN)
    assert (caught.value.cause, line.sent) == (CardCause.UNSUPPORTED, before)


@pytest.mark.parametrize("command", [SET_AT, SIGN, files.read_binary(0, 8).encode(), b""])
def test_only_the_steps_of_pace_are_carried_as_they_are(command: bytes) -> None:
    chip, line = reading(sample(STATE, JANA, Profile((CAM,))))
    chip.begin_pace_cam(CAN)
    before = line.sent
    with pytest.raises(CardProblem):
        chip.carry([tlv.encode(0x7C, b""), command])
    assert line.sent == before
