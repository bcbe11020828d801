"""What a card says, as JSON and back from hostile JSON."""

import json
from typing import Any

import pytest

from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.evidence import (
    ContactCardEvidence,
    DocumentEvidence,
    Evidence,
    PaceChallenge,
    PaceData,
    PaceNonce,
    PaceResponses,
    decode_evidence,
    decode_pace,
    decode_pace_commands,
    encode_evidence,
    encode_pace,
    encode_pace_commands,
)
from kiosk_app.account.login import LoginChallenge, decode_challenge, encode_challenge

DOCUMENT = {"dg1": "", "sod": ""}
CARD: dict[str, Any] = {
    "card_number": "CZ1",
    "document_number": "999009812",
    "iok_state": 1,
    "certificate": "AA==",
    "issuers": [],
}


@pytest.mark.parametrize(
    "evidence",
    [
        DocumentEvidence(b"\x61\x00", b"\x77\x00"),
        DocumentEvidence(b"a", b"b", b"c", b"d", b"e", b"f"),
        ContactCardEvidence("CZ1", "999009812", 5, b"\x30\x00", (b"\x30", b"")),
    ],
)
def test_evidence_is_read_as_it_was_written(evidence: Evidence) -> None:
    assert decode_evidence(encode_evidence(evidence)) == evidence


@pytest.mark.parametrize("step", [PaceNonce(b"\x00\xff"), PaceResponses((b"\x90\x00", b""))])
def test_steps_are_read_as_they_were_written(step: PaceData) -> None:
    assert decode_pace(encode_pace(step)) == step


def test_commands_are_read_as_they_were_written() -> None:
    for commands in ((), (b"\x10\x86", b"\x00")):
        assert decode_pace_commands(encode_pace_commands(commands)) == commands


@pytest.mark.parametrize("pace", [None, PaceChallenge(b"\x04\x00", 13)])
def test_a_challenge_with_and_without_pace(pace: PaceChallenge | None) -> None:
    challenge = LoginChallenge("id-1", (b"\x00",), (), pace)
    assert decode_challenge(encode_challenge(challenge)) == challenge


def test_neither_shows_what_it_holds() -> None:
    shown = repr(DocumentEvidence(b"secret", b"secret")) + repr(
        ContactCardEvidence("secret", "secret", 1, b"secret", (b"secret",))
    )
    shown += repr(PaceNonce(b"secret")) + repr(PaceResponses((b"secret",)))
    assert "secret" not in shown


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (None, "is not an object"),
        ([], "is not an object"),
        ({}, "neither a document nor a contact card"),
        ({"document": DOCUMENT, "contact_card": CARD}, "neither a document nor a contact card"),
        ({"document": 7}, "document: is not an object"),
        ({"document": DOCUMENT | {"dg2": ""}}, "members that are not known"),
        ({"document": {"dg1": ""}}, "sod: is not a text"),
        ({"document": DOCUMENT | {"dg14": 7}}, "dg14: is not a text"),
        ({"document": DOCUMENT | {"dg14": "A"}}, "dg14: is not base64"),
        ({"document": DOCUMENT | {"dg14": "ÁÁÁÁ"}}, "dg14: is not base64"),
        ({"contact_card": CARD | {"pin": "1"}}, "members that are not known"),
        ({"contact_card": CARD | {"card_number": 7}}, "card_number: is not a short text"),
        ({"contact_card": CARD | {"card_number": ""}}, "card_number: is not a short text"),
        ({"contact_card": CARD | {"card_number": "a" * 201}}, "card_number: is not a short"),
        ({"contact_card": CARD | {"card_number": "1 2"}}, "card_number: holds other"),
        ({"contact_card": CARD | {"card_number": "č"}}, "card_number: holds other"),
        ({"contact_card": CARD | {"iok_state": True}}, "iok_state: is not a number"),
        ({"contact_card": CARD | {"iok_state": 256}}, "iok_state: is not a number"),
        ({"contact_card": CARD | {"iok_state": -1}}, "iok_state: is not a number"),
        ({"contact_card": CARD | {"issuers": ""}}, "issuers: is not a list of at most 8"),
        ({"contact_card": CARD | {"issuers": [""] * 9}}, "issuers: is not a list of at most 8"),
        ({"contact_card": CARD | {"issuers": ["", 7]}}, r"issuers\[1\]: is not a text"),
    ],
)
def test_what_is_no_evidence(raw: object, words: str) -> None:
    with pytest.raises(AccountFormatError, match=words):
        decode_evidence(json.dumps(raw).encode())


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({}, "responses: is not a list"),
        ({"nonce": 7}, "nonce: is not an APDU"),
        ({"nonce": "0"}, "nonce: is not an APDU"),
        ({"nonce": "00", "responses": []}, "members that are not known"),
        ({"responses": ["00"] * 33}, "responses: is not a list of at most 32"),
        ({"responses": ["zz"]}, r"responses\[0\]: is not an APDU"),
        ({"responses": ["00" * 65_545]}, r"responses\[0\]: is not an APDU"),
    ],
)
def test_what_is_no_step(raw: object, words: str) -> None:
    with pytest.raises(AccountFormatError, match=words):
        decode_pace(json.dumps(raw).encode())
