"""The words of the update machine: states, events, effects; the rules are in `update`."""

from dataclasses import dataclass

from device_agent.core.health import Verdict

MAX_STARTS = 3
SLOTS = ("A", "B")


def _check(version: str, slot: str) -> None:
    if not version:
        raise ValueError("An update has a version.")
    if slot not in SLOTS:
        raise ValueError("An update beyond its installation has a slot, A or B.")


@dataclass(frozen=True)
class Idle:
    """No update was ever asked for."""


@dataclass(frozen=True)
class Fetching:
    """The release is being downloaded and verified."""

    version: str

    def __post_init__(self) -> None:
        _check(self.version, "A")


@dataclass(frozen=True)
class Installing:
    """The verified release is being unpacked into the other slot."""

    version: str

    def __post_init__(self) -> None:
        _check(self.version, "A")


@dataclass(frozen=True)
class Rebooting:
    """The slot is to be started next; `starts` counts the attempts to get there."""

    version: str
    slot: str
    starts: int = 0

    def __post_init__(self) -> None:
        _check(self.version, self.slot)


@dataclass(frozen=True)
class OnProbation:
    """The slot runs and must prove itself; all instants are monotonic seconds.

    `since` is when patience began to run out, put off by the time that only services were away;
    `well_since` and `away_since` are since when it is well or only services are away.
    """

    version: str
    slot: str
    since: float
    well_since: float | None = None
    starts: int = 0
    away_since: float | None = None

    def __post_init__(self) -> None:
        _check(self.version, self.slot)
        if self.well_since is not None and self.well_since < self.since:
            raise ValueError("A release cannot be well before it runs.")


@dataclass(frozen=True)
class RollingBack:
    """The slot failed; the other one is to be started next."""

    version: str
    slot: str
    reason: str

    def __post_init__(self) -> None:
        _check(self.version, self.slot)


@dataclass(frozen=True)
class Committed:
    """The slot proved itself."""

    version: str
    slot: str

    def __post_init__(self) -> None:
        _check(self.version, self.slot)


@dataclass(frozen=True)
class RolledBack:
    """The release is not in use; `slot` is empty when it was refused before any was touched."""

    version: str
    slot: str
    reason: str

    def __post_init__(self) -> None:
        _check(self.version, self.slot or "A")
        if not self.reason:
            raise ValueError("A roll-back has a reason.")


UpdateState = (
    Idle | Fetching | Installing | Rebooting | OnProbation | RollingBack | Committed | RolledBack
)


@dataclass(frozen=True)
class Offered:
    """The desired state names this release; `running` is the version that runs now."""

    version: str
    running: str


@dataclass(frozen=True)
class Fetched:
    """The release lies verified at a path."""

    version: str
    path: str


@dataclass(frozen=True)
class Installed:
    """The release is whole in this slot."""

    slot: str


@dataclass(frozen=True)
class Refused:
    """The release cannot be used, for good."""

    version: str
    reason: str


@dataclass(frozen=True)
class Delayed:
    """The release cannot be had or installed now; the next offer tries again."""


@dataclass(frozen=True)
class Started:
    """The agent started in this slot; `failed` is the slot the boot loader gave up, or empty."""

    slot: str
    failed: str
    ticks: float


@dataclass(frozen=True)
class Judged:
    """The health verdict at an instant of monotonic seconds."""

    verdict: Verdict
    ticks: float


UpdateEvent = Offered | Fetched | Installed | Refused | Delayed | Started | Judged


@dataclass(frozen=True)
class Save:
    """Write the state to disk before anything that follows."""


@dataclass(frozen=True)
class Fetch:
    """Download and verify the release."""

    version: str


@dataclass(frozen=True)
class Install:
    """Unpack the release into the slot that does not run."""

    version: str
    path: str


@dataclass(frozen=True)
class Activate:
    """Let the boot loader try this slot next."""

    slot: str


@dataclass(frozen=True)
class MarkGood:
    """Let the boot loader keep this slot."""

    slot: str


@dataclass(frozen=True)
class MarkBad:
    """Let the boot loader leave this slot."""

    slot: str


@dataclass(frozen=True)
class Reboot:
    """Start the device again."""


UpdateEffect = Save | Fetch | Install | Activate | MarkGood | MarkBad | Reboot
