"""Attacks on signed statements: each must end in `NotTrusted` with one sentence."""

import base64
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.signer import CryptoSigner

from provisioning.trust import CAP_TYPE, COMMAND_TYPE, NotTrusted, RoleKeys, open_envelope, sign

FIRST, SECOND, STRANGER = (CryptoSigner.generate_ed25519() for _ in range(3))
ONE_OF_ONE = RoleKeys("alert", (FIRST.public_key,), 1)
TWO_OF_TWO = RoleKeys("release", (FIRST.public_key, SECOND.public_key), 2)
PAYLOAD = b"<alert/>"


def test_signed_by_the_role_is_opened() -> None:
    assert open_envelope(sign(PAYLOAD, CAP_TYPE, [FIRST]), ONE_OF_ONE, CAP_TYPE) == PAYLOAD
    both = sign(PAYLOAD, CAP_TYPE, [STRANGER, SECOND, FIRST])
    assert open_envelope(both, TWO_OF_TWO, CAP_TYPE) == PAYLOAD


def test_signed_with_a_wrong_key() -> None:
    with pytest.raises(NotTrusted, match="lacks 1 valid signature"):
        open_envelope(sign(PAYLOAD, CAP_TYPE, [STRANGER]), ONE_OF_ONE, CAP_TYPE)


def test_a_wrong_key_under_the_right_name() -> None:
    envelope = json.loads(sign(PAYLOAD, CAP_TYPE, [STRANGER]))
    envelope["signatures"][0]["keyid"] = FIRST.public_key.keyid
    with pytest.raises(NotTrusted, match="lacks 1 valid signature"):
        open_envelope(json.dumps(envelope).encode(), ONE_OF_ONE, CAP_TYPE)


def test_one_signature_where_two_are_needed() -> None:
    with pytest.raises(NotTrusted, match="lacks 2 valid signature"):
        open_envelope(sign(PAYLOAD, CAP_TYPE, [FIRST]), TWO_OF_TWO, CAP_TYPE)


def test_the_same_key_signing_twice_counts_once() -> None:
    envelope = json.loads(sign(PAYLOAD, CAP_TYPE, [FIRST]))
    envelope["signatures"] *= 2
    with pytest.raises(NotTrusted, match="Multiple signatures"):
        open_envelope(json.dumps(envelope).encode(), TWO_OF_TWO, CAP_TYPE)


def test_the_same_signature_under_the_other_keys_name_does_not_count() -> None:
    envelope = json.loads(sign(PAYLOAD, CAP_TYPE, [FIRST]))
    copy = {**envelope["signatures"][0], "keyid": SECOND.public_key.keyid}
    envelope["signatures"].append(copy)
    with pytest.raises(NotTrusted, match="lacks 2 valid signature"):
        open_envelope(json.dumps(envelope).encode(), TWO_OF_TWO, CAP_TYPE)


def test_payload_type_confusion() -> None:
    with pytest.raises(NotTrusted, match=r"command\+json' belongs"):
        open_envelope(sign(PAYLOAD, CAP_TYPE, [FIRST]), ONE_OF_ONE, COMMAND_TYPE)


def test_payload_type_rewritten_after_signing() -> None:
    envelope = json.loads(sign(PAYLOAD, CAP_TYPE, [FIRST]))
    envelope["payloadType"] = COMMAND_TYPE
    with pytest.raises(NotTrusted, match="lacks 1 valid signature"):
        open_envelope(json.dumps(envelope).encode(), ONE_OF_ONE, COMMAND_TYPE)


def test_payload_exchanged_after_signing() -> None:
    envelope = json.loads(sign(PAYLOAD, CAP_TYPE, [FIRST]))
    envelope["payload"] = base64.b64encode(b"<alert>other</alert>").decode()
    with pytest.raises(NotTrusted, match="lacks 1 valid signature"):
        open_envelope(json.dumps(envelope).encode(), ONE_OF_ONE, CAP_TYPE)


@pytest.mark.parametrize("part", range(0, 300, 7))
def test_truncated_envelope(part: int) -> None:
    envelope = sign(PAYLOAD, CAP_TYPE, [FIRST])
    with pytest.raises(NotTrusted):
        open_envelope(envelope[: min(part, len(envelope) - 1)], ONE_OF_ONE, CAP_TYPE)


def test_oversized_envelope_is_refused_unread() -> None:
    with pytest.raises(NotTrusted, match="262145 bytes"):
        open_envelope(b"x" * (256 * 1024 + 1), ONE_OF_ONE, CAP_TYPE)
    with pytest.raises(NotTrusted, match="bytes of 10"):
        open_envelope(sign(PAYLOAD, CAP_TYPE, [FIRST]), ONE_OF_ONE, CAP_TYPE, limit=10)


def _with(key: str, value: object) -> Callable[[dict[str, object]], object]:
    return lambda envelope: {**envelope, key: value}


@pytest.mark.parametrize(
    "change",
    [
        _with("payload", 7),
        _with("payload", None),
        _with("payload", "not base64!"),
        _with("payload", "é"),
        _with("payloadType", ["application/cap+xml"]),
        _with("signatures", {}),
        _with("signatures", []),
        _with("signatures", [{"keyid": "k", "sig": ""}] * 17),
        _with("signatures", [{"keyid": "k"}]),
        _with("signatures", [{"keyid": 1, "sig": "AA=="}]),
        _with("signatures", [{"keyid": "k", "sig": "A" * 20_000}]),
        _with("signatures", [7]),
        lambda envelope: [envelope],
        lambda _: None,
    ],
)
def test_malformed_envelope(change: Callable[[dict[str, object]], object]) -> None:
    envelope = change(json.loads(sign(PAYLOAD, CAP_TYPE, [FIRST])))
    with pytest.raises(NotTrusted, match="not a DSSE envelope"):
        open_envelope(json.dumps(envelope).encode(), ONE_OF_ONE, CAP_TYPE)


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 40_000, b"\xff\xfe", b"9" * 5000])
def test_json_bombs(data: bytes) -> None:
    with pytest.raises(NotTrusted):
        open_envelope(data, ONE_OF_ONE, CAP_TYPE)


def test_a_name_that_stands_twice() -> None:
    envelope = sign(PAYLOAD, CAP_TYPE, [FIRST]).decode()
    twice = '{"payload":"AA==",' + envelope[1:]
    with pytest.raises(NotTrusted, match="stands twice"):
        open_envelope(twice.encode(), ONE_OF_ONE, CAP_TYPE)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_opened_never_a_crash(data: bytes) -> None:
    with pytest.raises(NotTrusted):
        open_envelope(data, ONE_OF_ONE, CAP_TYPE)


@given(st.binary(max_size=2000))
def test_any_payload_survives_the_round_trip(payload: bytes) -> None:
    assert open_envelope(sign(payload, CAP_TYPE, [FIRST]), ONE_OF_ONE, CAP_TYPE) == payload
