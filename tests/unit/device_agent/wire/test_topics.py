"""Topics are built and parsed alike, and nothing else is one of ours."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device_agent.wire import WireError
from device_agent.wire.topics import (
    AlertTopic,
    CommandTopic,
    DesiredTopic,
    EventTopic,
    HintTopic,
    MetricsTopic,
    ReportedTopic,
    ResultTopic,
    StatusTopic,
    Topic,
    build,
    parse,
    subscriptions,
)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        (StatusTopic("lobby-001"), "om/v1/d/lobby-001/status"),
        (ReportedTopic("lobby-001"), "om/v1/d/lobby-001/reported"),
        (DesiredTopic("lobby-001"), "om/v1/d/lobby-001/desired"),
        (CommandTopic("lobby-001", "c-1"), "om/v1/d/lobby-001/cmd/c-1"),
        (ResultTopic("lobby-001", "c-1"), "om/v1/d/lobby-001/res/c-1"),
        (EventTopic("lobby-001", "proof-of-play"), "om/v1/d/lobby-001/event/proof-of-play"),
        (MetricsTopic("lobby-001"), "om/v1/d/lobby-001/metrics"),
        (HintTopic("lobby"), "om/v1/g/lobby/hint"),
        (AlertTopic("liberec"), "om/v1/alert/liberec"),
    ],
)
def test_a_topic_is_built_and_parsed(topic: Topic, text: str) -> None:
    assert build(topic) == text
    assert parse(text) == topic


@pytest.mark.parametrize("name", ["", "+", "#", "a/b", "a b", "\0", "č", "x" * 65, "-a", "$SYS"])
def test_a_name_that_could_change_the_topic_is_refused(name: str) -> None:
    with pytest.raises(WireError, match="is not a name"):
        build(StatusTopic(name))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "om/v1",
        "om/v2/alert/x",
        "om/v1/d/x/other",
        "om/v1/alert/x/y",
        "om/v1/alert/" + "x" * 300,
    ],
)
def test_another_topic_is_refused(text: str) -> None:
    with pytest.raises(WireError, match="not one of ours"):
        parse(text)


@given(st.text(max_size=60))
def test_parsing_any_text_gives_a_topic_or_a_sentence(text: str) -> None:
    with contextlib.suppress(WireError):
        assert build(parse(text)) == text


def test_a_device_listens_to_its_own() -> None:
    assert subscriptions("lobby-001", ["lobby"], ["liberec"]) == (
        "om/v1/d/lobby-001/desired",
        "om/v1/d/lobby-001/cmd/+",
        "om/v1/g/lobby/hint",
        "om/v1/alert/liberec",
    )
