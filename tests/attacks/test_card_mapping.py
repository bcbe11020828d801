"""Attacks on PACE with chip authentication mapping by a kiosk that has copied all but the chip."""

import secrets
from datetime import UTC, datetime

import pytest

from kiosk_app.account.evidence import PaceNonce, PaceResponses
from kiosk_app.cards import tlv
from kiosk_app.cards.icao import curves, pace_cam, pace_gm, pace_steps
from kiosk_app.cards.icao.ciphers import encrypt, pad
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.cards.icao.session_keys import SessionKeys, derive_session_keys
from kiosk_app.gateway.evidence import CscaStore, check_document, chip_mapping
from kiosk_app.gateway.evidence.mapping_key import MappingKey
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.fakes.document_signer import JANA, Recipe, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.unit.kiosk_app.gateway.evidence.cards import read_evidence, reading_of

CAM = (Offer(Mapping.CHIP_AUTHENTICATION),)
STATE = SampleState()
NONCE = secrets.token_bytes(16)


@pytest.fixture(scope="module")
def stolen() -> MappingKey:
    """What every reader of the card learns: all its files, and its public key among them."""
    chip = Chip(STATE.issue(JANA, Recipe(offers=CAM, chip_keys=())), profile=Profile(CAM))
    evidence = read_evidence(reading_of(chip))
    now = datetime(2026, 11, 24, tzinfo=UTC)
    key = check_document(evidence, CscaStore((STATE.csca,)), now).mapping_key
    assert key is not None
    return key


def scalar(curve: curves.Curve) -> int:
    return curves.private_key(curve, secrets.token_bytes(curves.chance_size(curve)))


def hidden(keys: SessionKeys, number: int, curve: curves.Curve) -> bytes:
    """Encrypt a proof as a chip does."""
    block = keys.cipher.block_size
    iv = encrypt(keys.cipher, keys.encryption, bytes(block), b"\xff" * block)
    data = pad(keys.cipher, number.to_bytes(curve.order_size, "big"))
    return encrypt(keys.cipher, keys.encryption, iv, data)


def test_a_transcript_alone_is_forged_without_the_chip(stolen: MappingKey) -> None:
    """Whoever has the terminal's keys makes up the chip's side: why a transcript proves nothing."""
    curve, ours, number = stolen.variant.curve, scalar(stolen.variant.curve), 4711
    mapping_point = curves.multiply(curve, stolen.point, number)
    generator = pace_gm.map_nonce(curve, NONCE, ours, mapping_point)
    one, other = scalar(curve), scalar(curve)
    point = curves.multiply(curve, generator, other)
    keys = derive_session_keys(curves.shared_x(curve, one, point), stolen.variant.info.cipher)
    pace_cam.check(curve, keys, hidden(keys, number, curve), stolen.point, mapping_point)


def value(command: bytes, tag: int) -> bytes:
    """What the gateway sends in a GENERAL AUTHENTICATE."""
    return tlv.value_of(command[5 : 5 + command[4]], 0x7C, tag)


def answer(*parts: tuple[int, bytes]) -> PaceResponses:
    data = b"".join(tlv.encode(tag, part) for tag, part in parts)
    return PaceResponses((tlv.encode(0x7C, data) + b"\x90\x00",))


def test_a_chip_of_the_kiosks_own_making(stolen: MappingKey) -> None:
    """It knows nonce and keys, and goes through PACE; only the proof of the static key fails."""
    curve, info = stolen.variant.curve, stolen.variant.info
    run = chip_mapping.begin(stolen, b"")
    ours, key = scalar(curve), scalar(curve)
    [command] = run.step(PaceNonce(NONCE))
    generator = pace_gm.map_nonce(curve, NONCE, ours, value(command, 0x81))
    [command] = run.step(answer((0x82, curves.public_point(curve, ours))))
    theirs, point = value(command, 0x83), curves.multiply(curve, generator, key)
    [command] = run.step(answer((0x84, point)))
    keys = derive_session_keys(curves.shared_x(curve, key, theirs), info.cipher)
    token = pace_steps.authentication_token(info.cipher, keys.mac, info.oid, theirs)
    with pytest.raises(EvidenceRefused) as caught:
        run.step(answer((0x86, token), (0x8A, hidden(keys, ours, curve))))
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


@pytest.mark.parametrize("tag", [0x86, 0x8A])
def test_changed_token_or_proof_of_a_genuine_chip(tag: int) -> None:
    """Both in the last answer of PACE; what is not changed in it is right."""
    chip = Chip(STATE.issue(JANA, Recipe(offers=CAM, chip_keys=())), profile=Profile(CAM))
    reading = reading_of(chip)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    document = check_document(read_evidence(reading), CscaStore((STATE.csca,)), now)
    assert document.mapping_key is not None
    run = chip_mapping.begin(document.mapping_key, document.dg1)
    commands = run.step(PaceNonce(reading.begin_pace_cam(Can(JANA.can))))
    for _ in range(2):
        commands = run.step(PaceResponses(tuple(reading.carry(commands))))
    [last] = reading.carry(commands)
    parts = {part.tag: part.value for part in tlv.parse(tlv.value_of(last[:-2], 0x7C))}
    parts[tag] = bytes((parts[tag][0] ^ 1,)) + parts[tag][1:]
    with pytest.raises(EvidenceRefused) as caught:
        run.step(answer(*parts.items()))
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
    with pytest.raises(EvidenceRefused):
        run.check_done()


def test_forged_transcript_against_the_gateways_own_keys(stolen: MappingKey) -> None:
    """A mapping key that fits the proof: then the mapped generator is out of reach."""
    curve, info, number = stolen.variant.curve, stolen.variant.info, 4711
    run = chip_mapping.begin(stolen, b"")
    run.step(PaceNonce(NONCE))
    [command] = run.step(answer((0x82, curves.multiply(curve, stolen.point, number))))
    guess, theirs = curves.public_point(curve, scalar(curve)), value(command, 0x83)
    run.step(answer((0x84, guess)))
    keys = derive_session_keys(secrets.token_bytes(curve.field_size), info.cipher)
    token = pace_steps.authentication_token(info.cipher, keys.mac, info.oid, theirs)
    with pytest.raises(EvidenceRefused) as caught:
        run.step(answer((0x86, token), (0x8A, hidden(keys, number, curve))))
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
    with pytest.raises(EvidenceRefused):
        run.check_done()


def test_the_gateways_own_points_sent_back(stolen: MappingKey) -> None:
    run = chip_mapping.begin(stolen, b"")
    [command] = run.step(PaceNonce(bytes(16)))
    [command] = run.step(answer((0x82, value(command, 0x81))))
    with pytest.raises(EvidenceRefused):
        run.step(answer((0x84, value(command, 0x83))))


@pytest.mark.parametrize("point", [b"", b"\x04" + bytes(64), b"\x00", bytes(65)])
@pytest.mark.parametrize("step", [0x82, 0x84])
def test_a_point_off_the_curve(stolen: MappingKey, step: int, point: bytes) -> None:
    run = chip_mapping.begin(stolen, b"")
    [command] = run.step(PaceNonce(NONCE))
    if step == 0x84:
        run.step(answer((0x82, value(command, 0x81))))
    with pytest.raises(EvidenceRefused) as caught:
        run.step(answer((step, point)))
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
