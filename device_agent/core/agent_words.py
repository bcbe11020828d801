"""The words of the agent's decisions: its state, events and effects; the rules are in `agent`."""

from dataclasses import dataclass, field

from device_agent.core.alerts import AlertBook
from device_agent.core.command import CommandMemory
from device_agent.core.health import Health, Verdict
from device_agent.core.update import Probation
from device_agent.core.update_states import (
    Activate,
    Idle,
    Install,
    MarkBad,
    MarkGood,
    Reboot,
    UpdateState,
)
from device_agent.wire.cap import CapMessage
from device_agent.wire.command import Command, CommandResult
from device_agent.wire.desired import DesiredState
from device_agent.wire.event import EventBody
from device_agent.wire.local import AgentMessage, ProgramMessage
from device_agent.wire.reported import Reported, ReportedProgramme


@dataclass(frozen=True)
class Settings:
    """What the configuration fixes; areas and channel count until a desired state comes."""

    device: str
    program: str
    areas: tuple[str, ...]
    channel: str
    probation: Probation
    grace: float
    version: str
    boot_id: str


@dataclass(frozen=True)
class Memory:
    """What outlives the process."""

    desired: DesiredState | None = None
    alerts: AlertBook = field(default_factory=AlertBook)
    commands: CommandMemory = field(default_factory=CommandMemory)
    update: UpdateState = field(default_factory=Idle)


@dataclass(frozen=True)
class Programme:
    """The programme in force and the absolute path of its document."""

    reported: ReportedProgramme
    path: str


@dataclass(frozen=True)
class Agent:
    """Everything the agent knows; `looking` and `fetching` say what the worker is at."""

    settings: Settings
    memory: Memory
    health: Health
    verdict: Verdict
    slot: str = ""
    release: str = ""
    programme: Programme | None = None
    looking: bool = False
    look_again: bool = False
    fetching: bool = False
    reloads: tuple[str, ...] = ()
    refused: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Started:
    """The agent starts: the slot that runs, the one given up, the release, the programme here."""

    slot: str
    failed: str
    release: str
    programme: Programme | None


@dataclass(frozen=True)
class Connected:
    """The broker came or went."""

    online: bool


@dataclass(frozen=True)
class AlertArrived:
    """A CAP message came for an area, signed by the alert role."""

    area: str
    message: CapMessage


@dataclass(frozen=True)
class DesiredArrived:
    """A desired state came, signed by the desired role."""

    state: DesiredState


@dataclass(frozen=True)
class CommandArrived:
    """A command came, signed by the command role."""

    topic_id: str
    command: Command


@dataclass(frozen=True)
class CommandNotTrusted:
    """What came as a command was badly signed or malformed."""

    topic_id: str


@dataclass(frozen=True)
class Refused:
    """Something else from outside was refused, for a reason worth counting."""

    reason: str


@dataclass(frozen=True)
class Hinted:
    """There may be something new: a hint, a poll, new keys."""


@dataclass(frozen=True)
class ProgramJoined:
    """A program connected to the local socket."""

    client: int


@dataclass(frozen=True)
class ProgramSaid:
    """A program sent a message."""

    message: ProgramMessage


@dataclass(frozen=True)
class Looked:
    """The content store was looked at; `problem` is empty when that went well."""

    programme: Programme | None
    problem: str = ""


@dataclass(frozen=True)
class ReleaseFetched:
    """The release lies verified at a path."""

    version: str
    path: str


@dataclass(frozen=True)
class ReleaseDelayed:
    """The release cannot be had now; the next look tries again."""


@dataclass(frozen=True)
class ReleaseRefused:
    """The release is no good."""

    version: str
    reason: str


@dataclass(frozen=True)
class ReleaseInstalled:
    """The release is whole in this slot."""

    slot: str


@dataclass(frozen=True)
class Tick:
    """Time has passed."""


Event = (
    Started
    | Connected
    | AlertArrived
    | DesiredArrived
    | CommandArrived
    | CommandNotTrusted
    | Refused
    | Hinted
    | ProgramJoined
    | ProgramSaid
    | Looked
    | ReleaseFetched
    | ReleaseDelayed
    | ReleaseRefused
    | ReleaseInstalled
    | Tick
)


@dataclass(frozen=True)
class TellAll:
    """Send this to every program."""

    message: AgentMessage


@dataclass(frozen=True)
class TellOne:
    """Send this to one program."""

    client: int
    message: AgentMessage


@dataclass(frozen=True)
class SaveMemory:
    """Write this to disk before the effects that follow."""

    memory: Memory


@dataclass(frozen=True)
class PublishReported:
    """Tell the city what the device is."""

    reported: Reported


@dataclass(frozen=True)
class PublishAnswer:
    """Answer a command."""

    result: CommandResult


@dataclass(frozen=True)
class SpoolEvent:
    """Keep this until the city has it."""

    body: EventBody


@dataclass(frozen=True)
class Look:
    """Ask the content store for the programme of a channel."""

    channel: str


@dataclass(frozen=True)
class FetchRelease:
    """Ask the content store for a release."""

    version: str


@dataclass(frozen=True)
class Listen:
    """Subscribe to the alerts of these areas."""

    areas: tuple[str, ...]


Effect = (
    TellAll
    | TellOne
    | SaveMemory
    | PublishReported
    | PublishAnswer
    | SpoolEvent
    | Look
    | FetchRelease
    | Install
    | Activate
    | MarkGood
    | MarkBad
    | Reboot
    | Listen
)
