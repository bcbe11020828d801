"""Alerts and desired states are signed with what was said before in mind, or not at all."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from device_agent.wire.cap import CapMessage, Severity, parse_cap
from device_agent.wire.desired import DesiredRelease, decode_desired
from device_agent.wire.status import Status, encode_status
from device_agent.wire.strict_json import WireError
from provisioning.console import (
    AlertDesk,
    AlertOrder,
    AlertText,
    DesiredChange,
    DesiredDesk,
    StatementError,
)
from provisioning.console.alerts import MAX_EARLIER
from provisioning.console.heard import parse_said
from provisioning.trust import DESIRED_TYPE, RoleKeys, open_envelope
from tests.integration.city_services import NOW

KEY = CryptoSigner.generate_ed25519()
KEYS = RoleKeys("desired", (KEY.public_key,), 1)
ORDER = AlertOrder(
    "liberec", Severity.SEVERE, NOW + timedelta(hours=1), (AlertText("cs", "Povodeň", "VZOR"),)
)


@pytest.fixture(name="alerts")
def _alerts(tmp_path: Path) -> AlertDesk:
    return AlertDesk(tmp_path, "vzor.invalid", [KEY])


@pytest.fixture(name="desired")
def _desired(tmp_path: Path) -> DesiredDesk:
    return DesiredDesk(tmp_path, [KEY])


def test_serials_only_grow_and_what_is_not_changed_stays(desired: DesiredDesk) -> None:
    first = desired.change("a", DesiredChange("lobby", ("liberec",)), NOW)
    second = desired.change("a", DesiredChange(release="2.0"), NOW)
    third = desired.change("a", DesiredChange(areas=()), NOW)
    assert [s.state.serial for s in (first, second, third)] == [1, 2, 3]
    assert third.state.release == DesiredRelease("2.0", "release/2.0.json")
    assert (second.state.areas, third.state.areas) == (("liberec",), ())
    said = decode_desired(open_envelope(third.envelope, KEYS, DESIRED_TYPE))
    assert said == third.state == desired.last("a")


def test_each_device_has_its_own_serial(desired: DesiredDesk) -> None:
    desired.change("a", DesiredChange("lobby"), NOW)
    assert desired.change("b", DesiredChange("lobby"), NOW).state.serial == 1


@pytest.mark.parametrize(
    ("device", "change", "sentence"),
    [
        ("a", DesiredChange(), "must name a channel"),
        ("../a", DesiredChange("lobby"), "not a plain name"),
        ("a", DesiredChange("a/b"), "refused"),
        ("a", DesiredChange("lobby", ("#",)), "refused"),
        ("a", DesiredChange("lobby", release="../1"), "refused"),
    ],
)
def test_a_state_that_no_device_would_take_is_not_signed(
    desired: DesiredDesk, device: str, change: DesiredChange, sentence: str
) -> None:
    with pytest.raises(StatementError, match=sentence):
        desired.change(device, change, NOW)
    assert list(desired.folder.iterdir()) == []


def test_a_damaged_memory_is_not_counted_from_one_again(desired: DesiredDesk) -> None:
    (desired.folder / "a.json").write_bytes(b"{}")
    with pytest.raises(StatementError, match="cannot be read"):
        desired.change("a", DesiredChange("lobby"), NOW)


def test_an_alert_names_its_place_in_words(alerts: AlertDesk) -> None:
    alerts.raise_alert(replace(ORDER, place="Liberec, centrum"), NOW)
    message = alerts.last("liberec")
    assert message is not None
    assert message.infos[0].areas == ("Liberec, centrum",)
    assert message.sender == "vzor.invalid"


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (replace(ORDER, area="a/b"), "not a plain name"),
        (replace(ORDER, expires=NOW), "would have expired"),
        (replace(ORDER, texts=()), "cannot be written as CAP"),
        (replace(ORDER, texts=(AlertText("cs", "", "VZOR"),)), "cannot be written as CAP"),
    ],
)
def test_an_order_that_cap_does_not_allow_is_not_signed(
    alerts: AlertDesk, order: AlertOrder, sentence: str
) -> None:
    with pytest.raises(StatementError, match=sentence):
        alerts.raise_alert(order, NOW)
    assert list(alerts.folder.iterdir()) == []


def test_a_damaged_alert_is_not_taken_for_none(alerts: AlertDesk) -> None:
    (alerts.folder / "liberec.cap.xml").write_bytes(b"<alert/>")
    with pytest.raises(StatementError, match="cannot be read"):
        alerts.cancel_alert("liberec", NOW)


def _last(alerts: AlertDesk) -> CapMessage:
    return parse_cap((alerts.folder / "liberec.cap.xml").read_bytes())


def test_every_message_ends_all_before_it_for_a_device_that_missed_some(alerts: AlertDesk) -> None:
    first = alerts.raise_alert(ORDER, NOW)
    second = alerts.raise_alert(ORDER, NOW)
    cancel = alerts.cancel_alert("liberec", NOW)
    before = [first.identifier, second.identifier]
    assert [r.identifier for r in _last(alerts).references] == before
    alerts.raise_alert(ORDER, NOW)
    saved = _last(alerts)
    assert saved.msg_type == "Alert"
    assert [r.identifier for r in saved.references] == [*before, cancel.identifier]


def test_the_messages_before_do_not_pile_up_for_ever(alerts: AlertDesk) -> None:
    for _ in range(MAX_EARLIER + 2):
        last = alerts.raise_alert(ORDER, NOW)
    alerts.raise_alert(ORDER, NOW)
    references = _last(alerts).references
    assert (len(references), references[-1].identifier) == (MAX_EARLIER, last.identifier)


def test_an_alert_counts_in_its_own_area_only(alerts: AlertDesk) -> None:
    alerts.raise_alert(ORDER, NOW)
    assert _last(alerts).targets == ("liberec",)


def test_a_cancellation_can_be_said_again(alerts: AlertDesk) -> None:
    with pytest.raises(StatementError, match="No alert is in force"):
        alerts.cancel_alert("liberec", NOW)
    alerts.raise_alert(ORDER, NOW)
    first = alerts.cancel_alert("liberec", NOW)
    assert alerts.cancel_alert("liberec", NOW + timedelta(hours=2)) == first
    assert alerts.again("liberec") == first
    assert alerts.areas() == ("liberec",)


def test_an_exercise_does_not_take_the_place_of_an_actual_alert(alerts: AlertDesk) -> None:
    exercise = replace(ORDER, status="Exercise", expires=NOW + timedelta(days=9))
    alerts.raise_alert(ORDER, NOW)
    with pytest.raises(StatementError, match="An actual alert is in force"):
        alerts.raise_alert(exercise, NOW)
    alerts.raise_alert(exercise, NOW + timedelta(hours=1))
    alerts.raise_alert(replace(ORDER, expires=NOW + timedelta(days=9)), NOW + timedelta(hours=2))
    assert _last(alerts).status == "Actual"


def test_the_last_desired_state_can_be_said_again(desired: DesiredDesk) -> None:
    with pytest.raises(StatementError, match="Nothing was ever said"):
        desired.again("a")
    signed = desired.change("a", DesiredChange("lobby"), NOW)
    assert desired.again("a") == signed
    assert desired.devices() == ("a",)


def test_a_status_is_heard_on_its_own_topic_only() -> None:
    status = Status("a", online=True, boot_id="b", since=NOW)
    assert parse_said("om/v1/d/a/status", encode_status(status)).statement == status
    with pytest.raises(WireError, match="speaks of another"):
        parse_said("om/v1/d/b/status", encode_status(status))
    with pytest.raises(WireError, match="was not asked for"):
        parse_said("om/v1/d/a/metrics", b"{}")
    with pytest.raises(WireError):
        parse_said("om/v1/d/a/reported", encode_status(status))
