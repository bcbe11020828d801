"""CAP 1.2 is read within limits, written so that it can be read, and becomes an alert."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from device_agent.wire import WireError
from device_agent.wire.cap import (
    LIMIT,
    CapInfo,
    CapMessage,
    CapReference,
    Certainty,
    MsgType,
    Severity,
    Urgency,
    alert_of,
    encode_cap,
    parse_cap,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
INFO = CapInfo(
    "cs", "Met", "Vítr", Urgency.FUTURE, Severity.MINOR, Certainty.POSSIBLE,
    NOW + timedelta(hours=2), "Silný vítr <VZOR>", "Popis", "Zůstaňte doma.",
    ("Liberec", "Vratislavice"),
)  # fmt: skip
MESSAGE = CapMessage("a-1", "vzor.invalid", NOW, "Actual", MsgType.ALERT, (), (INFO,))
SAMPLE = encode_cap(MESSAGE).decode()


def test_a_message_comes_back_as_it_went() -> None:
    full = replace(
        MESSAGE,
        msg_type=MsgType.UPDATE,
        references=(CapReference("vzor.invalid", "a-0", NOW),),
        infos=(INFO, replace(INFO, language="en", expires=None, areas=())),
        targets=("liberec", "lobby"),
    )
    assert parse_cap(encode_cap(full)) == full


def test_the_worst_grades_and_the_latest_end_count() -> None:
    worse = replace(
        INFO, severity=Severity.EXTREME, urgency=Urgency.IMMEDIATE, certainty=Certainty.OBSERVED
    )
    alert = alert_of(replace(MESSAGE, infos=(INFO, replace(worse, expires=None))))
    assert alert.severity is Severity.EXTREME
    assert alert.urgency is Urgency.IMMEDIATE
    assert alert.certainty is Certainty.OBSERVED
    assert alert.expires == NOW + timedelta(hours=24)
    assert alert.infos[0].area == "Liberec, Vratislavice"


def test_a_cancel_without_words_is_no_alert() -> None:
    with pytest.raises(WireError, match="no <info>"):
        alert_of(replace(MESSAGE, infos=()))


def test_the_language_defaults_as_the_standard_says() -> None:
    found = parse_cap(SAMPLE.replace("<language>cs</language>", "").encode())
    assert found.infos[0].language == "en-US"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("cap:1.2", "cap:1.1", "namespace"),
        ("<status>", "<evil>x</evil><status>", "<evil> in <alert>"),
        ("<status>", '<status xmlns="urn:x">a</status><status>', "namespace"),
        ("<status>Actual</status>", "", "<status> is missing"),
        ("<status>", "<status>A</status><status>", "stands twice"),
        ("<msgType>Alert", "<msgType>Ack", "msgType"),
        ("<msgType>Alert", "<msgType>Cancel", "Cancel without <references>"),
        ("<severity>Minor", "<severity>Bad", "severity"),
        ("a-1</identifier>", "a,1</identifier>", "identifier"),
        ("2026-11-24T12:00:00+00:00</sent>", "2026-11-24T12:00:00Z</sent>", "<sent>"),
        ("2026-11-24T12:00:00+00:00</sent>", "2026-13-24T12:00:00+00:00</sent>", "<sent>"),
        ("2026-11-24T12:00:00+00:00</sent>", "0001-01-01T00:00:00+14:00</sent>", "<sent>"),
        ("<scope>Public</scope>", "<scope>Public</scope><references>a</references>", "sender"),
        ("</alert>", "</alert", "plain XML"),
        ("<areaDesc>Liberec</areaDesc>", "", "<areaDesc> is missing"),
        ("alert", "alarm", "<alert>"),
    ],
)  # fmt: skip
def test_a_damaged_message_is_refused(old: str, new: str, sentence: str) -> None:
    assert old in SAMPLE
    with pytest.raises(WireError, match=sentence):
        parse_cap(SAMPLE.replace(old, new).encode())


def test_too_much_is_refused() -> None:
    with pytest.raises(WireError, match="longer than"):
        parse_cap(b" " * (LIMIT + 1))
    with pytest.raises(WireError, match="elements"):
        parse_cap(SAMPLE.replace("</scope>", "</scope>" + "<code/>" * 400).encode())
    with pytest.raises(WireError, match="<info> blocks"):
        encode_cap(replace(MESSAGE, infos=(replace(INFO, areas=()),) * 17))
    with pytest.raises(WireError, match="without <info>"):
        encode_cap(replace(MESSAGE, infos=()))


def test_words_that_xml_cannot_carry_are_refused_when_written() -> None:
    with pytest.raises(WireError, match="plain XML"):
        encode_cap(replace(MESSAGE, infos=(replace(INFO, headline="a\x00b"),)))
