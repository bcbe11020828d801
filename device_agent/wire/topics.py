"""Builds and parses every MQTT topic of the suite; it knows nothing of what they carry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from device_agent.wire.strict_json import WireError

PREFIX = "om/v1"
MAX_TOPIC = 256
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


@dataclass(frozen=True)
class StatusTopic:
    """Online or offline of a device: retained, also the last will."""

    device: str


@dataclass(frozen=True)
class ReportedTopic:
    """What a device says it is: retained."""

    device: str


@dataclass(frozen=True)
class DesiredTopic:
    """What a device shall be: signed, retained."""

    device: str


@dataclass(frozen=True)
class CommandTopic:
    """One signed command."""

    device: str
    id: str


@dataclass(frozen=True)
class ResultTopic:
    """The answers to one command."""

    device: str
    id: str


@dataclass(frozen=True)
class EventTopic:
    """Numbered events of one kind."""

    device: str
    kind: str


@dataclass(frozen=True)
class MetricsTopic:
    """Readings of a device."""

    device: str


@dataclass(frozen=True)
class HintTopic:
    """'There is something new' for a group: retained, never trusted."""

    group: str


@dataclass(frozen=True)
class AlertTopic:
    """The signed CAP alert of an area: retained."""

    area: str


Topic = (
    StatusTopic
    | ReportedTopic
    | DesiredTopic
    | CommandTopic
    | ResultTopic
    | EventTopic
    | MetricsTopic
    | HintTopic
    | AlertTopic
)


def is_name(text: str) -> bool:
    """Whether the text may stand as one level of a topic (device, group, area, id, kind)."""
    return _NAME.fullmatch(text) is not None


def _join(*levels: str) -> str:
    for level in levels:
        if not is_name(level):
            raise WireError(f"topic: {level[:64]!r} is not a name of letters, digits, '_.-'.")
    return "/".join((PREFIX, *levels))


def build(topic: Topic) -> str:  # noqa: PLR0911 - one line for each kind of topic
    """The topic as MQTT writes it.

    Raises:
        WireError: a part is not a plain name.
    """
    match topic:
        case StatusTopic(device):
            return _join("d", device, "status")
        case ReportedTopic(device):
            return _join("d", device, "reported")
        case DesiredTopic(device):
            return _join("d", device, "desired")
        case CommandTopic(device, id_):
            return _join("d", device, "cmd", id_)
        case ResultTopic(device, id_):
            return _join("d", device, "res", id_)
        case EventTopic(device, kind):
            return _join("d", device, "event", kind)
        case MetricsTopic(device):
            return _join("d", device, "metrics")
        case HintTopic(group):
            return _join("g", group, "hint")
        case AlertTopic(area):
            return _join("alert", area)
        case _ as unreachable:
            assert_never(unreachable)


def parse(text: str) -> Topic:  # noqa: C901, PLR0911 - one line for each kind of topic
    """The topic an MQTT message arrived on.

    Raises:
        WireError: not a topic of ours.
    """
    levels = text.split("/") if len(text) <= MAX_TOPIC else []
    if "/".join(levels[:2]) != PREFIX or not all(is_name(level) for level in levels[2:]):
        raise WireError(f"topic: {text[:64]!r} is not one of ours.")
    match levels[2:]:
        case ["d", device, "status"]:
            return StatusTopic(device)
        case ["d", device, "reported"]:
            return ReportedTopic(device)
        case ["d", device, "desired"]:
            return DesiredTopic(device)
        case ["d", device, "cmd", id_]:
            return CommandTopic(device, id_)
        case ["d", device, "res", id_]:
            return ResultTopic(device, id_)
        case ["d", device, "event", kind]:
            return EventTopic(device, kind)
        case ["d", device, "metrics"]:
            return MetricsTopic(device)
        case ["g", group, "hint"]:
            return HintTopic(group)
        case ["alert", area]:
            return AlertTopic(area)
        case _:
            raise WireError(f"topic: {text[:64]!r} is not one of ours.")


def subscriptions(device: str, groups: Iterable[str], areas: Iterable[str]) -> tuple[str, ...]:
    """The filters a device listens on: its own desired state and commands, hints, alerts."""
    return (
        build(DesiredTopic(device)),
        _join("d", device, "cmd") + "/+",
        *(build(HintTopic(group)) for group in groups),
        *(build(AlertTopic(area)) for area in areas),
    )
