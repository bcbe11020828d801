"""Active authentication by the gateway: its nonce, the chip's signature."""

import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from kiosk_app.gateway.evidence import CscaStore, check_document
from kiosk_app.gateway.evidence.active_authentication import begin, check_active_signature
from kiosk_app.gateway.evidence.active_key import ActiveKey
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.fakes.document_signer import JANA, KAREL, Recipe, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of, reading_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()
RSA = Recipe(chip_keys=(), active="rsa")
ECDSA = Recipe(chip_keys=(), active="ecdsa")
# As short as chips have them, and with room above the modulus in as many bytes.
SHORT = next(
    key
    for key in (rsa.generate_private_key(65537, 1024) for _ in range(1000))  # noqa: S505 - as said
    if key.public_key().public_numbers().n < 14 << 1020
)
NONCE = secrets.token_bytes(8)
TRAILERS = {
    "sha1": [b"\xbc", b"\x33\xcc"],
    "sha224": [b"\x38\xcc"],
    "sha256": [b"\x34\xcc"],
    "sha384": [b"\x36\xcc"],
    "sha512": [b"\x35\xcc"],
}


def key_of(recipe: Recipe) -> ActiveKey:
    document = evidence_of(STATE.issue(JANA, recipe))
    key = check_document(document, CscaStore((STATE.csca,)), NOW).active_key
    assert key is not None
    return key


def refused(key: ActiveKey, nonce: bytes, signature: bytes) -> None:
    with pytest.raises(EvidenceRefused) as caught:
        check_active_signature(key, nonce, signature)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


@pytest.mark.parametrize(
    "recipe",
    [
        RSA,
        replace(RSA, active_hash="sha1"),
        replace(RSA, active_hash="sha512", active_bits=2048),
        replace(RSA, active_bits=3072),
        ECDSA,
        replace(ECDSA, active_hash="sha512"),
    ],
)
def test_a_genuine_chip_proves_itself(recipe: Recipe) -> None:
    challenge = begin(key_of(recipe))
    reading = reading_of(Chip(STATE.issue(JANA, recipe)))
    challenge.check(reading.relay(challenge.plain, ()))


@pytest.mark.parametrize("recipe", [RSA, ECDSA])
def test_another_chip_is_refused(recipe: Recipe) -> None:
    challenge = begin(key_of(recipe))
    other = reading_of(Chip(STATE.issue(KAREL, recipe))).relay(challenge.plain, ())
    with pytest.raises(EvidenceRefused):
        challenge.check(other)


@pytest.mark.parametrize("recipe", [RSA, ECDSA])
def test_a_signature_over_an_older_nonce_is_refused(recipe: Recipe) -> None:
    old, new = begin(key_of(recipe)), begin(key_of(recipe))
    answers = reading_of(Chip(STATE.issue(JANA, recipe))).relay(old.plain, ())
    old.check(answers)
    with pytest.raises(EvidenceRefused):
        new.check(answers)


@pytest.mark.parametrize(
    "responses", [[], [b""], [b"\x69\x82"], [b"\x90\x00"], [bytes(128) + b"\x90\x00"], [b"", b""]]
)
@pytest.mark.parametrize("recipe", [RSA, ECDSA])
def test_garbage_is_refused(recipe: Recipe, responses: list[bytes]) -> None:
    with pytest.raises(EvidenceRefused) as caught:
        begin(key_of(recipe)).check(responses)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


def recoverable(name: str, trailer: bytes, header: int = 0x6A, nonce: bytes = NONCE) -> bytes:
    """Sign by ISO/IEC 9796-2 scheme 1, written apart from the fakes and the gateway."""
    numbers = SHORT.private_numbers()
    own = secrets.token_bytes(128 - 1 - hashlib.new(name).digest_size - len(trailer))
    message = bytes((header,)) + own + hashlib.new(name, own + nonce).digest() + trailer
    signed = pow(int.from_bytes(message, "big"), numbers.d, numbers.public_numbers.n)
    return signed.to_bytes(128, "big")


@pytest.mark.parametrize("name", TRAILERS)
def test_each_trailer_names_its_hash(name: str) -> None:
    key = ActiveKey(SHORT.public_key(), None)
    for trailer in TRAILERS[name]:
        check_active_signature(key, NONCE, recoverable(name, trailer))


@pytest.mark.parametrize(
    ("name", "trailer", "header"),
    [
        ("sha1", b"\x34\xcc", 0x6A),
        ("sha256", b"\xbc", 0x6A),
        ("sha256", b"\x34\xcd", 0x6A),
        ("sha256", b"\x99\xcc", 0x6A),
        ("sha256", b"\x34\xcc", 0x4A),
        ("sha256", b"\x34\xcc", 0x00),
    ],
)
def test_a_message_of_another_form_is_refused(name: str, trailer: bytes, header: int) -> None:
    refused(ActiveKey(SHORT.public_key(), None), NONCE, recoverable(name, trailer, header))


def test_a_signature_of_another_length_or_beyond_the_modulus_is_refused() -> None:
    key = ActiveKey(SHORT.public_key(), None)
    good = recoverable("sha256", b"\x34\xcc")
    for signature in (good[1:], b"\x00" + good, b"\xff" * 128):
        refused(key, NONCE, signature)


def test_a_right_signature_with_the_modulus_added_is_refused() -> None:
    """It recovers the same message: a second way to write one signature."""
    key, modulus = ActiveKey(SHORT.public_key(), None), SHORT.public_key().public_numbers().n
    signatures = (recoverable("sha256", b"\x34\xcc") for _ in range(1000))
    numbers = (int.from_bytes(one, "big") for one in signatures)
    beyond = next(number + modulus for number in numbers if number + modulus < 1 << 1024)
    check_active_signature(key, NONCE, (beyond - modulus).to_bytes(128, "big"))
    refused(key, NONCE, beyond.to_bytes(128, "big"))


@pytest.mark.parametrize("behind", [1, 20, 70])
def test_a_hash_with_room_behind_it_is_refused(behind: int) -> None:
    """What forgers of low exponents need: bytes that nobody looks at (Bleichenbacher 2006)."""
    numbers, own = SHORT.private_numbers(), secrets.token_bytes(128 - 1 - 20 - 1 - behind)
    hashed = hashlib.sha1(own + NONCE, usedforsecurity=False).digest()
    message = b"\x6a" + own + hashed + bytes(behind) + b"\xbc"
    signed = pow(int.from_bytes(message, "big"), numbers.d, numbers.public_numbers.n)
    refused(ActiveKey(SHORT.public_key(), None), NONCE, signed.to_bytes(128, "big"))


@pytest.mark.parametrize("name", ["sha224", "sha256", "sha384", "sha512"])
def test_ecdsa_is_r_and_s_side_by_side(name: str) -> None:
    private = ec.generate_private_key(ec.BrainpoolP256R1())
    key = ActiveKey(private.public_key(), name)
    algorithm = {
        "sha224": hashes.SHA224(),
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }[name]
    signature = private.sign(NONCE, ec.ECDSA(algorithm))
    r, s = decode_dss_signature(signature)
    plain = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    check_active_signature(key, NONCE, plain)
    for wrong in (signature, plain[:-1], plain[:-2], plain + b"\x00\x00", bytes(64)):
        refused(key, NONCE, wrong)


def test_ecdsa_without_a_named_hash_is_unsupported() -> None:
    document = STATE.issue(JANA, ECDSA)
    bare = replace(document, dg14=b"", sod=STATE.sign({1: document.dg1, 15: document.dg15}))
    with pytest.raises(EvidenceRefused) as caught:
        check_document(evidence_of(bare), CscaStore((STATE.csca,)), NOW)
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def test_a_key_of_less_than_1024_bits_is_refused() -> None:
    document = STATE.issue(JANA, replace(RSA, active_bits=512))
    with pytest.raises(EvidenceRefused):
        check_document(evidence_of(document), CscaStore((STATE.csca,)), NOW)
