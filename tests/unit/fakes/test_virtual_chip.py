"""The virtual chip's manners, asked by hand: lengths, tries, several keys, proofs."""

import hashlib
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests import fakes
from tests.fakes.document_signer import JANA, Recipe, SampleState
from tests.fakes.virtual_card import active_authentication
from tests.fakes.virtual_card.channel import Channel
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.chip_authentication import ChipAuthentication
from tests.fakes.virtual_card.cryptography_of_chip import (
    CURVES,
    TRIPLE_DES,
    derive,
    encipher,
    first,
    objects,
    point_bytes,
    tlv,
)
from tests.fakes.virtual_card.document import ChipKey, Document
from tests.fakes.virtual_card.profile import Offer, Profile

STATE = SampleState(seed="virtual chip")
CHALLENGE = bytes(range(8))


def card(profile: Profile, recipe: Recipe | None = None) -> Chip:
    return Chip(STATE.issue(JANA, recipe), profile=profile)


def say(chip: Chip, command: str) -> str:
    return (chip.answer(bytes.fromhex(command)) or b"").hex().upper()


def test_extended_lengths_are_taken_only_where_they_are_announced() -> None:
    for extended in (True, False):
        chip = card(Profile(extended=extended))
        assert say(chip, "00A4020C022F01") == "9000"
        answer = bytes.fromhex(say(chip, "00B0000000"))
        assert (0x7F in answer) == extended
        assert say(chip, "00B00000000040").endswith("6700") != extended


def test_a_file_is_read_by_its_short_identifier() -> None:
    chip = card(Profile())
    assert say(chip, "00B09C0000").startswith("31")
    assert say(chip, "00B0810000").startswith("47")
    assert say(chip, "00B0830000") == "6A82"


def test_nothing_inside_is_given_without_a_channel() -> None:
    assert say(card(Profile()), "00A4040C07A0000002471001") == "6982"
    passport = card(Profile((), bac=True))
    assert say(passport, "00A4040C07A0000002471001") == "9000"
    assert say(passport, "00A4020C020101") == "6982"
    assert say(passport, "00B0810000") == "6982"


def wrong_can(chip: Chip) -> str:
    """Begin PACE and give a wrong token; give what MSE:Set AT and the token were answered."""
    begun = chip.answer(bytes.fromhex("0022C1A40F800A04007F00070202040202830102")) or b""
    if begun == b"\x69\x83":
        return begun.hex().upper()
    curve = CURVES[12]
    point = point_bytes(curve.generator * 5)
    for tag, value in ((0, b""), (0x81, point), (0x83, point)):
        inside = tlv(tag, value) if tag else b""
        data = tlv(0x7C, inside)
        chip.answer(b"\x10\x86\x00\x00" + bytes((len(data),)) + data + b"\x00")
    data = tlv(0x7C, tlv(0x85, bytes(8)))
    last = chip.answer(b"\x00\x86\x00\x00" + bytes((len(data),)) + data + b"\x00") or b""
    return f"{begun.hex()} {last.hex()}".upper()


def test_wrong_cans_are_counted_until_it_is_blocked_and_a_reset_does_not_help() -> None:
    chip = card(Profile(tries=3))
    assert wrong_can(chip) == "9000 63C2"
    chip.reset()
    assert wrong_can(chip) == "63C2 63C1"
    assert wrong_can(chip) == "63C1 63C0"
    chip.reset()
    assert wrong_can(chip) == "6983"


def test_without_a_counter_wrong_cans_cost_nothing() -> None:
    chip = card(Profile())
    assert [wrong_can(chip) for _ in range(8)] == ["9000 6300"] * 8


def test_several_variants_must_be_told_apart() -> None:
    chip = card(Profile((Offer(), Offer(parameter_id=13))))
    assert say(chip, "0022C1A40F800A04007F00070202040202830102") == "6A80"
    assert say(chip, "0022C1A412800A04007F0007020204020283010284010D") == "9000"
    assert say(chip, "0022C1A412800A04007F0007020204020283010284010F") == "6A80"
    assert say(chip, "0022C1A412800A04007F0007020204020283010384010D") == "6A88"


def test_a_long_answer_to_a_short_command_is_fetched() -> None:
    recipe = Recipe(chip_keys=(), active="rsa", active_bits=2048)
    chip = card(Profile(extended=False), recipe)
    channel, kiosk = Channel(b"x", 128), Channel(b"x", 128)
    chip._channel, chip._files.in_application = channel, True
    command = protected(kiosk, bytes.fromhex("0C880000"), CHALLENGE)
    begun = chip.answer(command) or b""
    assert (len(begun), begun[-2]) == (258, 0x61)
    rest = chip.answer(bytes((0, 0xC0, 0, 0, begun[-1]))) or b""
    assert rest[-2:] == b"\x90\x00"
    assert objects(begun[:-2] + rest[:-2])[0x99] == b"\x90\x00"
    assert chip.answer(bytes.fromhex("00C0000000")) == b"\x69\x85"


def protected(kiosk: Channel, header: bytes, data: bytes) -> bytes:
    """Protect a command with the chip's own end, which only counts and ciphers alike."""
    kiosk._count()
    size = kiosk._size
    padded = data + b"\x80" + bytes(size - 1 - len(data) % size)
    hidden = encipher(kiosk.bits, kiosk.encryption_key, kiosk._iv(), padded)
    body = tlv(0x87, b"\x01" + hidden) + tlv(0x97, b"\x00")
    code = kiosk._code(kiosk._padded(header) + kiosk._padded(body))
    body += tlv(0x8E, code)
    return header + bytes((len(body),)) + body + b"\x00"


@pytest.mark.parametrize(("name", "bits"), [("sha1", 1024), ("sha256", 1024), ("sha256", 2048)])
def test_active_authentication_with_rsa_recovers_to_the_challenge(name: str, bits: int) -> None:
    recipe = Recipe(active="rsa", active_hash=name, active_bits=bits)
    document = STATE.issue(JANA, recipe)
    signature = active_authentication.sign(document, CHALLENGE, bytes)
    key = public_key(document)
    assert isinstance(key, rsa.RSAPublicKey)
    numbers = key.public_numbers()
    opened = pow(int.from_bytes(signature, "big"), numbers.e, numbers.n).to_bytes(bits // 8, "big")
    trailer = b"\xbc" if name == "sha1" else b"\x34\xcc"
    size = hashlib.new(name).digest_size
    body = opened[: -len(trailer)]
    assert opened[:1] == b"\x6a"
    assert opened.endswith(trailer)
    assert body[-size:] == hashlib.new(name, body[1:-size] + CHALLENGE).digest()


def test_active_authentication_with_ecdsa_verifies() -> None:
    document = STATE.issue(JANA, Recipe(active="ecdsa"))
    signature = active_authentication.sign(document, CHALLENGE, bytes)
    key = public_key(document)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    r, s = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
    key.verify(encode_dss_signature(r, s), CHALLENGE, ec.ECDSA(hashes.SHA256()))


def public_key(document: Document) -> object:
    return serialization.load_der_public_key(first(document.dg15)[1])


AES, DES = bytes.fromhex("04007F00070202030202"), bytes.fromhex("04007F00070202030201")


def test_one_of_several_keys_must_be_named() -> None:
    chip = ChipAuthentication((ChipKey(5, key_id=1), ChipKey(7, key_id=2), ChipKey(9, bits=112)))
    assert chip.choose({0x80: AES}) == 0x6A88
    assert chip.choose({0x80: AES, 0x84: b"\x03"}) == 0x6A88
    assert chip.choose({0x80: AES, 0x84: b"\x02"}) == 0x9000
    assert chip.choose({0x80: AES[:-2]}) == 0x6A80
    assert chip.choose({0x80: DES}) == 0x9000


def test_triple_des_agrees_at_once() -> None:
    chip = ChipAuthentication((ChipKey(9, bits=TRIPLE_DES),))
    point = point_bytes(CURVES[12].generator * 3)
    status, channel = chip.agree_at_once({0x91: point})
    shared = point_bytes(CURVES[12].generator * 27)[1:33]
    assert status == 0x9000
    assert channel is not None
    assert channel.mac_key == derive(shared, 2, TRIPLE_DES)
    assert chip.agree_at_once({0x91: point[:-1] + b"\x00"})[0] == 0x6A80


def test_a_derived_key_of_3des_has_odd_parity() -> None:
    """ICAO Doc 9303 part 11 appendix D.1: the keys of the worked example of BAC."""
    seed = bytes.fromhex("239AB9CB282DAF66231DC5A4DF6BFBAE")
    assert derive(seed, 1, TRIPLE_DES).hex().upper() == "AB94FDECF2674FDFB9B391F85D7F76F2"
    assert derive(seed, 2, TRIPLE_DES).hex().upper() == "7962D9ECE03D1ACD4C76089DCE131543"


@pytest.mark.parametrize("fake", ["virtual_card", "document_signer", "eobcanka_card"])
def test_a_fake_shares_no_code_with_what_it_tests(fake: str) -> None:
    sources = sorted((Path(fakes.__file__).parent / fake).glob("*.py"))
    assert sources
    for source in sources:
        assert "kiosk_app" not in re.sub(r'"""(.|\n)*?"""', "", source.read_text("utf-8")), source
