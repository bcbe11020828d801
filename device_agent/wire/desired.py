"""Encodes and decodes the desired state of one device; signatures and serials are not its matter.

It is the payload of a DSSE envelope of PAYLOAD_TYPE.
"""

from dataclasses import dataclass
from datetime import datetime

from device_agent.wire.strict_json import Fields, WireError, read_object, write_object
from device_agent.wire.topics import is_name

PAYLOAD_TYPE = "application/vnd.otevrene-mesto.desired+json"
LIMIT = 64 * 1024
MAX_AREAS = 32


@dataclass(frozen=True)
class DesiredRelease:
    """The release a device shall run: its version and the TUF target that describes it."""

    version: str
    target: str


@dataclass(frozen=True)
class DesiredState:
    """What one device shall be; `serial` grows with each issue."""

    device: str
    serial: int
    issued: datetime
    channel: str
    areas: tuple[str, ...]
    release: DesiredRelease | None


def encode_desired(state: DesiredState) -> bytes:
    """Canonical JSON of the state."""
    release = state.release
    return write_object(
        {
            "device": state.device,
            "serial": state.serial,
            "issued": state.issued.isoformat(),
            "channel": state.channel,
            "areas": list(state.areas),
            "release": {"version": release.version, "target": release.target} if release else None,
        }
    )


def _name(text: str, where: str) -> str:
    if not is_name(text):
        raise WireError(f"desired state: '{where}' is not a plain name.")
    return text


def _release(fields: Fields | None) -> DesiredRelease | None:
    if fields is None:
        return None
    version = _name(fields.text("version", 64), "release.version")
    target = fields.text("target", 256)
    fields.done()
    if target != f"release/{version}.json":
        raise WireError("desired state: 'release.target' is not the target of its version.")
    return DesiredRelease(version, target)


def decode_desired(data: bytes) -> DesiredState:
    """Parse a desired state.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(data, "desired state", LIMIT)
    state = DesiredState(
        device=_name(fields.text("device", 64), "device"),
        serial=fields.whole("serial", 1),
        issued=fields.moment("issued"),
        channel=_name(fields.text("channel", 64), "channel"),
        areas=tuple(_name(area, "areas") for area in fields.texts("areas", 64, MAX_AREAS)),
        release=_release(fields.optional_child("release")),
    )
    fields.done()
    return state
