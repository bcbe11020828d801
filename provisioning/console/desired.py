"""Signs what a device shall be, with a serial that only grows; it sends nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from securesystemslib.signer import Signer

from device_agent.wire.desired import (
    DesiredRelease,
    DesiredState,
    decode_desired,
    encode_desired,
)
from device_agent.wire.strict_json import WireError
from device_agent.wire.topics import is_name
from provisioning.console.errors import StatementError
from provisioning.durable_file import write_durable
from provisioning.trust import DESIRED_TYPE, sign


@dataclass(frozen=True)
class DesiredChange:
    """What to change; None leaves it as it was said last."""

    channel: str | None = None
    areas: tuple[str, ...] | None = None
    release: str | None = None


@dataclass(frozen=True)
class SignedDesired:
    """A desired state ready to be said on its device's topic."""

    state: DesiredState
    envelope: bytes


@dataclass(frozen=True)
class DesiredDesk:
    """Where the last state said to each device is kept, and the desired role's keys."""

    folder: Path
    signers: Sequence[Signer]

    def change(self, device: str, change: DesiredChange, now: datetime) -> SignedDesired:
        """Sign the next desired state of a device; it is saved before it is returned.

        Raises:
            StatementError: the first state names no channel, or a name is malformed.
        """
        state = self._next(device, change, now)
        try:
            data = encode_desired(state)
            decode_desired(data)
        except WireError as error:
            raise StatementError(f"The desired state of {device!r} is refused: {error}") from error
        signed = SignedDesired(state, sign(data, DESIRED_TYPE, self.signers))
        write_durable(self._path(device), data)
        return signed

    def again(self, device: str) -> SignedDesired:
        """The last state of a device, to be said again: one that has it changes nothing.

        Raises:
            StatementError: there is none, or the saved one cannot be read.
        """
        state = self.last(device)
        if state is None:
            raise StatementError(f"Nothing was ever said to the device {device!r}.")
        return SignedDesired(state, sign(encode_desired(state), DESIRED_TYPE, self.signers))

    def devices(self) -> tuple[str, ...]:
        """The devices to which something was said, sorted."""
        return tuple(sorted(path.stem for path in self.folder.glob("[!.]*.json")))

    def last(self, device: str) -> DesiredState | None:
        """What was said to a device last.

        Raises:
            StatementError: the device is no name or the saved state cannot be read.
        """
        path = self._path(device)
        try:
            return decode_desired(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, WireError) as error:
            raise StatementError(f"The saved state {path} cannot be read: {error}.") from error

    def _next(self, device: str, change: DesiredChange, now: datetime) -> DesiredState:
        last = self.last(device)
        channel = change.channel or (last.channel if last else None)
        if channel is None:
            raise StatementError(f"The first desired state of {device!r} must name a channel.")
        areas = change.areas if change.areas is not None else (last.areas if last else ())
        release = last.release if last else None
        if change.release is not None:
            release = DesiredRelease(change.release, f"release/{change.release}.json")
        serial = last.serial + 1 if last else 1
        return DesiredState(device, serial, now, channel, areas, release)

    def _path(self, device: str) -> Path:
        if not is_name(device):
            raise StatementError(f"The device {device[:64]!r} is not a plain name.")
        return self.folder / f"{device}.json"
