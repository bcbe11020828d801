"""Which names a device may have."""

import pytest

from provisioning.enroll import EnrolError, device_id


@pytest.mark.parametrize("name", ["a", "lobby-001", "0", "a" * 63])
def test_a_host_name_label_is_a_device_id(name: str) -> None:
    assert device_id(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", "-a", "a-", "A", "a_b", "a.b", "a/b", "+", "#", "a#", "$SYS", "a b", "ž", "a\n"),
        *("a" * 64, "../x", "%u", "city-bridge", "city-"),
        *("broker", "gateway", "content", "localhost"),
    ],
)
def test_anything_else_is_refused(name: str) -> None:
    with pytest.raises(EnrolError, match="Device id"):
        device_id(name)
