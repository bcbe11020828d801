"""A message is refused when no key fits it, and waits when there are no keys yet."""

from datetime import UTC, datetime

import pytest
from securesystemslib.signer import CryptoSigner

from device_agent.adapters.statements import Statements
from device_agent.core.agent_words import AlertArrived, DesiredArrived, Event, Refused
from device_agent.wire import cap, desired
from device_agent.wire.topics import AlertTopic, DesiredTopic, build
from provisioning.trust import Role, RoleKeys, sign
from tests.unit.device_agent.core.test_agent import ALERT, DESIRED

DEVICE = "lobby-001"
SIGNER = CryptoSigner.generate_ed25519()
OTHER = CryptoSigner.generate_ed25519()
NOW = datetime(2026, 11, 24, tzinfo=UTC)
MESSAGES = [
    (build(AlertTopic("liberec")), cap.encode_cap(ALERT), cap.PAYLOAD_TYPE, AlertArrived),
    (
        build(DesiredTopic(DEVICE)), desired.encode_desired(DESIRED), desired.PAYLOAD_TYPE,
        DesiredArrived,
    ),
]  # fmt: skip


def keys_of(signer: CryptoSigner) -> dict[Role, RoleKeys]:
    keys = RoleKeys("any", (signer.public_key,), 1)
    return {Role.ALERT: keys, Role.DESIRED: keys}


@pytest.mark.parametrize(("topic", "payload", "kind", "event"), MESSAGES)
def test_what_comes_before_the_keys_waits_uncounted_and_is_taken_with_them(
    topic: str, payload: bytes, kind: str, event: type[Event], caplog: pytest.LogCaptureFixture
) -> None:
    statements = Statements(DEVICE)
    envelope = sign(payload, kind, [SIGNER])
    assert statements.read(topic, envelope) is None
    assert statements.read(topic, envelope) is None
    assert statements.renew({}) == ()
    assert statements.renew(keys_of(SIGNER)) == ((topic, envelope),)
    assert isinstance(statements.read(topic, envelope), event)
    assert statements.renew(keys_of(OTHER)) == ()
    assert caplog.records == []


@pytest.mark.parametrize(("topic", "payload", "kind", "event"), MESSAGES)
def test_what_no_key_fits_is_counted_once_whatever_keys_come(
    topic: str, payload: bytes, kind: str, event: type[Event]
) -> None:
    statements = Statements(DEVICE)
    envelope = sign(payload, kind, [SIGNER])
    assert statements.read(topic, envelope) is None
    statements.renew(keys_of(OTHER))
    refused = statements.read(topic, envelope)
    assert isinstance(refused, Refused)
    assert refused.reason.endswith("-not-trusted")
    assert statements.read(topic, envelope) is None
    assert isinstance(statements.read(topic, envelope + b" "), Refused)
    assert statements.read(topic, envelope + b" ") is None
    assert statements.renew(keys_of(SIGNER)) == ((topic, envelope + b" "),)
    assert isinstance(statements.read(topic, envelope), event)


def test_a_good_message_takes_the_place_of_one_that_waits() -> None:
    topic, payload, kind, _ = MESSAGES[0]
    statements = Statements(DEVICE)
    statements.renew(keys_of(SIGNER))
    assert isinstance(statements.read(topic, b"noise"), Refused)
    assert isinstance(statements.read(topic, sign(payload, kind, [SIGNER])), AlertArrived)
    assert statements.renew(keys_of(OTHER)) == ()
