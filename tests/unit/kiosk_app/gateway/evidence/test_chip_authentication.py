"""Chip authentication by the gateway, with the kiosk between it and the chip."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk_app.gateway.evidence import (
    CscaStore,
    EvidenceRefused,
    RefusalReason,
    VerifiedDocument,
    check_document,
    chip_authentication,
)
from kiosk_app.gateway.evidence.chip_offers import read_offers
from tests.fakes.document_signer import JANA, KAREL, Recipe, SampleState
from tests.fakes.document_signer.data_groups import _chip_info, _key_info, group_14
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of, reading_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()
DOCUMENT = STATE.issue(JANA)


def verified(document: Document) -> VerifiedDocument:
    return check_document(evidence_of(document), CscaStore((STATE.csca,)), NOW)


def relayed(challenge: chip_authentication.ChipChallenge, chip: Chip) -> list[bytes]:
    return reading_of(chip).relay(challenge.plain, challenge.protected)


def refused(challenge: chip_authentication.ChipChallenge, responses: list[bytes]) -> None:
    with pytest.raises(EvidenceRefused) as caught:
        challenge.check(responses)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


@pytest.mark.parametrize("bits", [112, 128, 192, 256])
@pytest.mark.parametrize("curve", [12, 13, 15, 16, 17, 18])
def test_a_genuine_chip_proves_itself(curve: int, bits: int) -> None:
    document = STATE.issue(JANA, Recipe(chip_keys=((curve, bits),)))
    challenge = chip_authentication.begin(verified(document))
    assert len(challenge.plain) == (1 if bits == 112 else 2)
    challenge.check(relayed(challenge, Chip(document)))


@pytest.mark.parametrize("keys", [((12, 112), (15, 256), (12, 128)), ((12, 128), (13, 128))])
def test_the_strongest_of_several_keys_is_asked(keys: tuple[tuple[int, int], ...]) -> None:
    document = STATE.issue(JANA, Recipe(chip_keys=keys))
    challenge = chip_authentication.begin(verified(document))
    asked = challenge.plain[0].rpartition(b"\x84\x01")[2][0]
    assert keys[asked - 1][1] == max(bits for _curve, bits in keys)
    challenge.check(relayed(challenge, Chip(document)))


@pytest.mark.parametrize(
    ("protocols", "keys", "found"),
    [
        ([(128, None)], [None], [(2, None)]),
        ([(128, 1)], [1], [(2, 1)]),
        ([(128, None)], [1], [(2, None)]),
        ([(128, 1)], [None], [(2, 1)]),
        ([(128, None), (256, None)], [7], [(2, None), (4, None)]),
        ([(128, 1), (256, 2)], [1, 2], [(2, 1), (4, 2)]),
        ([], [None], [(1, None)]),
        ([], [5], [(1, 5)]),
        ([(128, 1)], [1, 2], [(2, 1), (1, 2)]),
        ([(128, 1)], [2], [(1, 2)]),
        ([(128, 1)], [], []),
    ],
)
def test_protocols_and_keys_are_joined(
    protocols: list[tuple[int, int | None]],
    keys: list[int | None],
    found: list[tuple[int, int | None]],
) -> None:
    """Cipher (the last arc) and key id; a key without a protocol is one for 3DES."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    infos = [_chip_info(bits, key_id) for bits, key_id in protocols]
    infos += [_key_info(public, key_id) for key_id in keys]
    offers = read_offers(group_14(infos))
    assert offers.chip_authentication
    assert [(key.oid[-1], key.key_id) for key in offers.chip_keys] == found


def test_answers_to_an_older_challenge_are_refused() -> None:
    old, new = (chip_authentication.begin(verified(DOCUMENT)) for _ in range(2))
    refused(new, relayed(old, Chip(DOCUMENT)))


def test_another_genuine_chip_is_refused() -> None:
    challenge = chip_authentication.begin(verified(DOCUMENT))
    refused(challenge, relayed(challenge, Chip(STATE.issue(KAREL))))


def test_the_right_key_with_another_dg1_is_refused() -> None:
    challenge = chip_authentication.begin(verified(DOCUMENT))
    other = replace(DOCUMENT, dg1=STATE.issue(KAREL).dg1)
    refused(challenge, relayed(challenge, Chip(other)))


def test_a_chip_that_has_no_dg1_under_the_new_keys_is_refused() -> None:
    challenge = chip_authentication.begin(verified(DOCUMENT))
    reading = reading_of(chip := Chip(DOCUMENT))
    chip._files._inside.pop(0x0101)
    refused(challenge, reading.relay(challenge.plain, challenge.protected))


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_another_number_of_answers_is_refused(count: int) -> None:
    refused(chip_authentication.begin(verified(DOCUMENT)), [b"\x90\x00"] * count)


@pytest.mark.parametrize("answer", [b"", b"\x90\x00", bytes(70_000), b"\x99\x02\x90\x00\x90\x00"])
def test_garbage_answers_are_refused(answer: bytes) -> None:
    refused(chip_authentication.begin(verified(DOCUMENT)), [answer] * 3)


def test_a_chip_without_a_key_is_unsupported() -> None:
    with pytest.raises(EvidenceRefused) as caught:
        chip_authentication.begin(replace(verified(DOCUMENT), chip_keys=()))
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def test_a_key_off_its_curve_is_refused() -> None:
    document = verified(DOCUMENT)
    key = replace(document.chip_keys[0], point=b"\x04" + bytes(64))
    with pytest.raises(EvidenceRefused) as caught:
        chip_authentication.begin(replace(document, chip_keys=(key,)))
    assert caught.value.reason is RefusalReason.MALFORMED


@pytest.mark.parametrize(("key_id", "written"), [(7, "840107"), (0, "840100"), (300, "8402012c")])
def test_a_key_id_is_named_to_the_chip(key_id: int, written: str) -> None:
    document = verified(DOCUMENT)
    key = replace(document.chip_keys[0], key_id=key_id)
    challenge = chip_authentication.begin(replace(document, chip_keys=(key,)))
    assert challenge.plain[0].endswith(bytes.fromhex(written))
