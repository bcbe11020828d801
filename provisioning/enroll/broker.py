"""The broker's configuration as text: who may say and hear what; it starts no broker."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
)

BRIDGE: Final = "city-bridge"
"""The console's identity: says everything that goes down, hears everything that comes up."""
ROLLOUT: Final = "city-rollout"
"""The same rights for the rollout command, so that neither disconnects the other."""
DESK: Final = "city-desk"
"""The one-shot commands: they say what goes down and hear nothing."""
OPERATORS: Final = (BRIDGE, ROLLOUT, DESK)

_DEVICE: Final = "DEVICE"
_ANY: Final = "ANY"

UP: Final[tuple[Topic, ...]] = (
    StatusTopic(_DEVICE),
    ReportedTopic(_DEVICE),
    ResultTopic(_DEVICE, _ANY),
    EventTopic(_DEVICE, _ANY),
    MetricsTopic(_DEVICE),
)
DOWN: Final[tuple[Topic, ...]] = (DesiredTopic(_DEVICE), CommandTopic(_DEVICE, _ANY))
CITY_WIDE: Final[tuple[Topic, ...]] = (HintTopic(_ANY), AlertTopic(_ANY))

MAX_PACKET: Final = 512 * 1024
"""Bytes: a statement of 256 KiB with its overhead fits, nothing much longer does."""


@dataclass(frozen=True)
class BrokerFiles:
    """The files the configuration names; all of them must be readable by `user`."""

    key: Path
    certificate: Path
    authority: Path
    revoked: Path
    access: Path
    data: Path


def access_list() -> str:
    """The ACL (mosquitto.conf(5), acl_file); a user is the common name of a certificate."""
    lines = ["# Every device: its own topics, and what goes to all."]
    lines += [f"pattern write {_filter(topic, '%u')}" for topic in UP]
    lines += [f"pattern read {_filter(topic, '%u')}" for topic in DOWN]
    lines += [f"pattern read {_filter(topic, '%u')}" for topic in CITY_WIDE]
    for operator in OPERATORS:
        lines += ["", f"user {operator}"]
        lines += [f"topic write {_filter(topic, '+')}" for topic in (*DOWN, *CITY_WIDE)]
        if operator != DESK:
            heard = (*UP, *DOWN, *CITY_WIDE)
            lines += [f"topic read {_filter(topic, '+')}" for topic in heard]
    return "\n".join(lines) + "\n"


def broker_configuration(address: str, port: int, user: str, files: BrokerFiles) -> str:
    """The text of mosquitto.conf(5): one TLS listener, certificates required, ACL, limits.

    Args:
        address: the IP address or host name to listen on, nothing else is opened.
        port: the TCP port.
        user: the Unix user that the broker becomes when it is started as root.
        files: absolute paths.
    """
    return f"""\
# Written by provisioning; change city.toml and write it again instead of editing this file.
user {user}
log_dest stdout
log_type error
log_type warning
log_type notice
connection_messages true

allow_anonymous false
acl_file {files.access}

persistence true
persistence_location {files.data}/
autosave_interval 60
persistent_client_expiration 30d

max_packet_size {MAX_PACKET}
max_queued_messages 10000
max_queued_bytes 67108864
max_inflight_messages 100
set_tcp_nodelay true

listener {port} {address}
cafile {files.authority}
certfile {files.certificate}
keyfile {files.key}
crlfile {files.revoked}
tls_version tlsv1.2
require_certificate true
use_identity_as_username true
# A client id is the certificate's name: nobody can take over another's session.
use_username_as_clientid true
"""


def _filter(topic: Topic, device: str) -> str:
    """The topic as an ACL filter: `device` for whose it is, a plus for the rest."""
    levels = build(topic).split("/")
    names = {_DEVICE: device, _ANY: "+"}
    return "/".join(names.get(level, level) for level in levels)
