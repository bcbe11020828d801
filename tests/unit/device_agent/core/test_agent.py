"""What the whole agent decides: one event in, state and effects out, in the right order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from device_agent.core.agent import MAX_REASONS, begin, step
from device_agent.core.agent_words import (
    Agent,
    AlertArrived,
    CommandArrived,
    CommandNotTrusted,
    Connected,
    DesiredArrived,
    Effect,
    Event,
    FetchRelease,
    Hinted,
    Listen,
    Look,
    Looked,
    Memory,
    ProgramJoined,
    Programme,
    ProgramSaid,
    PublishAnswer,
    PublishReported,
    Refused,
    ReleaseDelayed,
    ReleaseFetched,
    ReleaseInstalled,
    ReleaseRefused,
    SaveMemory,
    Settings,
    SpoolEvent,
    Started,
    TellAll,
    TellOne,
    Tick,
)
from device_agent.core.alerts import ActiveAlert, AlertBook
from device_agent.core.clock import Clock
from device_agent.core.update import Probation
from device_agent.core.update_states import (
    Activate,
    Committed,
    Fetching,
    Idle,
    Install,
    Installing,
    MarkBad,
    MarkGood,
    OnProbation,
    Reboot,
    Rebooting,
    RolledBack,
    RollingBack,
    UpdateState,
)
from device_agent.wire.cap import (
    CapInfo,
    CapMessage,
    Certainty,
    MsgType,
    Severity,
    Urgency,
    alert_of,
)
from device_agent.wire.command import Command, CommandStatus
from device_agent.wire.desired import DesiredRelease, DesiredState
from device_agent.wire.local import (
    Alerts,
    AlertShown,
    Beat,
    Connection,
    Hello,
    ProgrammeReady,
)
from device_agent.wire.reported import ReportedProgramme, UpdatePhase

WALL = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SETTINGS = Settings(
    "lobby-001", "player", ("liberec",), "lobby", Probation(5, 30, 1000), 20, "0.1", "boot"
)
PROGRAMME = Programme(ReportedProgramme("lobby", "0" * 64, 1), "/content/current.json")
INFO = CapInfo(
    "cs", "Met", "Vítr", Urgency.FUTURE, Severity.MINOR, Certainty.POSSIBLE,
    WALL + timedelta(hours=1), "Vítr", "", "", (),
)  # fmt: skip
ALERT = CapMessage("a-1", "s", WALL, "Actual", MsgType.ALERT, (), (INFO,))
RELEASE = DesiredRelease("2", "release/2.json")
DESIRED = DesiredState("lobby-001", 3, WALL, "hall", ("liberec",), RELEASE)


def order(action: str, id_: str = "c-1") -> CommandArrived:
    hour = timedelta(hours=1)
    return CommandArrived(id_, Command("lobby-001", id_, action, WALL, WALL + hour))


def run(agent: Agent, *events: Event, at: float = 0.0) -> tuple[Agent, tuple[Effect, ...]]:
    effects: tuple[Effect, ...] = ()
    for event in events:
        agent, effects = step(agent, event, Clock(WALL + timedelta(seconds=at), at))
    return agent, effects


def started(memory: Memory | None = None, programme: Programme | None = PROGRAMME) -> Agent:
    agent = begin(SETTINGS, memory or Memory(), 0.0)
    agent, _ = run(agent, Started("A", "", "1", programme), Looked(programme))
    return agent


def kinds(effects: tuple[Effect, ...]) -> list[type[Effect]]:
    return [type(effect) for effect in effects]


def test_at_start_the_content_is_looked_at() -> None:
    agent, effects = run(begin(SETTINGS, Memory(), 0.0), Started("A", "", "1", PROGRAMME))
    assert Look("lobby") in effects
    assert (agent.slot, agent.release) == ("A", "1")


def test_a_program_that_joins_is_told_everything() -> None:
    _, effects = run(started(), ProgramJoined(7))
    assert effects == (
        TellOne(7, Alerts(())),
        TellOne(7, ProgrammeReady("/content/current.json", "0" * 64)),
        TellOne(7, Connection(online=False)),
    )
    _, effects = run(started(programme=None), ProgramJoined(7))
    assert kinds(effects) == [TellOne, TellOne]


def test_programs_hear_of_an_alert_before_anything_else_is_done() -> None:
    agent, effects = run(started(), AlertArrived("liberec", ALERT))
    assert kinds(effects) == [TellAll, SaveMemory, PublishReported]
    assert effects[0] == TellAll(Alerts((alert_of(ALERT),)))
    assert run(agent, AlertArrived("liberec", ALERT))[1] == ()


def test_an_alert_ends_when_its_time_is_over() -> None:
    agent, _ = run(started(), AlertArrived("liberec", ALERT))
    _, effects = run(agent, Tick(), at=3600.0)
    assert effects[0] == TellAll(Alerts(()))


def test_alerts_for_other_areas_are_refused_and_counted() -> None:
    agent, _ = run(started(), AlertArrived("jablonec", ALERT))
    assert agent.refused == (("alert-wrong-area", 1),)
    agent, effects = run(agent, AlertArrived("liberec", replace(ALERT, status="Test")))
    assert ("alert-not-actual", 1) in agent.refused
    assert kinds(effects) == [PublishReported]


def test_alerts_of_areas_left_while_the_agent_was_down_end_at_start() -> None:
    book = AlertBook((ActiveAlert("jablonec", "s", alert_of(ALERT)),))
    assert started(Memory(alerts=book)).memory.alerts.active == ()


def test_refusals_of_endlessly_many_kinds_do_not_fill_memory() -> None:
    agent = started()
    for number in range(MAX_REASONS + 9):
        agent, _ = run(agent, Refused(f"kind-{number}"))
    assert len(agent.refused) == MAX_REASONS
    agent, _ = run(agent, Refused("kind-0"))
    assert dict(agent.refused)["kind-0"] == 2


def test_a_desired_state_changes_channel_areas_and_release() -> None:
    agent, effects = run(started(), DesiredArrived(DESIRED))
    assert kinds(effects) == [SaveMemory, Listen, FetchRelease, Look, PublishReported]
    assert Look("hall") in effects
    assert run(agent, DesiredArrived(DESIRED))[1] == ()
    agent, _ = run(agent, DesiredArrived(replace(DESIRED, serial=2)))
    agent, _ = run(agent, DesiredArrived(replace(DESIRED, serial=9, device="lobby-002")))
    assert agent.refused == (("desired-older-serial", 1), ("desired-wrong-device", 1))
    agent, effects = run(started(), DesiredArrived(replace(DESIRED, release=None)))
    assert FetchRelease("2") not in effects


def test_a_release_goes_all_the_way_to_the_reboot() -> None:
    agent, _ = run(started(), DesiredArrived(DESIRED))
    agent, effects = run(agent, ReleaseFetched("2", "/r"))
    assert kinds(effects) == [SaveMemory, Install, PublishReported]
    agent, effects = run(agent, ReleaseInstalled("B"))
    assert kinds(effects) == [SaveMemory, Activate, PublishReported, Reboot]
    agent, _ = run(begin(SETTINGS, agent.memory, 0.0), Started("B", "", "2", PROGRAMME))
    agent, _ = run(agent, Connected(online=True))
    for second in range(1, 7):
        beat = Beat("player", healthy=True, showing="", problems=())
        agent, _ = run(agent, ProgramSaid(beat), at=float(second))
        agent, effects = run(agent, Tick(), at=float(second))
    assert kinds(effects) == [SaveMemory, MarkGood, PublishReported]
    assert agent.memory.update == Committed("2", "B")


def test_a_release_that_does_not_get_well_is_given_back() -> None:
    memory = Memory(update=Rebooting("2", "B"))
    agent, _ = run(begin(SETTINGS, memory, 0.0), Started("B", "", "2", None))
    agent, effects = run(agent, Tick(), at=21.0)
    assert kinds(effects) == [SaveMemory, MarkBad, PublishReported, Reboot]
    agent, _ = run(begin(SETTINGS, agent.memory, 0.0), Started("A", "B", "1", None))
    assert isinstance(agent.memory.update, RolledBack)


def test_a_release_that_cannot_be_had_is_asked_for_again_at_the_next_look() -> None:
    agent, _ = run(started(), DesiredArrived(DESIRED))
    assert FetchRelease("2") not in run(agent, Hinted())[1]
    agent, _ = run(agent, ReleaseDelayed())
    assert FetchRelease("2") in run(agent, Hinted())[1]
    agent, _ = run(agent, ReleaseRefused("2", "for a kiosk"))
    assert agent.memory.update == RolledBack("2", "", "for a kiosk")


def test_a_new_programme_is_told_once() -> None:
    newer = Programme(ReportedProgramme("lobby", "1" * 64, 2), "/content/current.json")
    agent, effects = run(started(), Hinted(), Looked(newer))
    assert kinds(effects) == [TellAll, PublishReported]
    assert run(agent, Hinted(), Looked(newer))[1] == ()
    assert run(agent, Hinted(), Looked(None, "server away"))[1] == ()


def test_a_hint_while_looking_looks_again() -> None:
    agent, effects = run(started(), Hinted())
    assert effects == (Look("lobby"),)
    agent, effects = run(agent, Hinted())
    assert effects == ()
    agent, effects = run(agent, Looked(PROGRAMME))
    assert effects == (Look("lobby"),)
    assert run(agent, Looked(PROGRAMME))[1] == ()


def test_the_broker_comes_and_goes() -> None:
    agent, effects = run(started(), Connected(online=True))
    assert effects[0] == TellAll(Connection(online=True))
    assert PublishReported in kinds(effects)
    assert Look("lobby") in effects
    _, effects = run(agent, Connected(online=False))
    assert effects[0] == TellAll(Connection(online=False))


@pytest.mark.parametrize(
    ("problem", "status"), [("", CommandStatus.SUCCEEDED), ("away", CommandStatus.FAILED)]
)
def test_the_command_reload_ends_with_the_look(problem: str, status: CommandStatus) -> None:
    agent, effects = run(started(), order("reload"))
    assert kinds(effects) == [SaveMemory, PublishAnswer, PublishAnswer, Look]
    agent, effects = run(agent, Looked(None, problem))
    answers = [e.result for e in effects if isinstance(e, PublishAnswer)]
    assert [(a.status, a.reason) for a in answers] == [(status, problem)]


def test_a_reload_during_a_look_waits_for_the_next_one() -> None:
    agent, _ = run(started(), Hinted(), order("reload"))
    agent, effects = run(agent, Looked(None))
    assert kinds(effects) == [Look]
    _, effects = run(agent, Looked(None))
    assert kinds(effects) == [SaveMemory, PublishAnswer]


def test_the_command_report_reports() -> None:
    _, effects = run(started(), order("report"))
    assert kinds(effects) == [SaveMemory, *[PublishAnswer] * 2, PublishReported, PublishAnswer]


def test_bad_commands_are_answered_and_counted() -> None:
    agent, effects = run(started(), CommandNotTrusted("c-1"))
    assert kinds(effects) == [PublishAnswer, PublishReported]
    agent, _ = run(agent, order("explode"))
    assert agent.refused == (("command-not-trusted", 1), ("command-unknown", 1))


def test_proofs_are_spooled_and_greetings_are_not() -> None:
    proof = AlertShown("player", "a-1", WALL)
    assert run(started(), ProgramSaid(proof))[1] == (SpoolEvent(proof),)
    assert run(started(), ProgramSaid(Hello("player", 1, "1")))[1] == ()


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        (Idle(), UpdatePhase.IDLE),
        (Fetching("2"), UpdatePhase.FETCHING),
        (Installing("2"), UpdatePhase.INSTALLING),
        (Rebooting("2", "B"), UpdatePhase.REBOOTING),
        (OnProbation("2", "B", 0.0), UpdatePhase.ON_PROBATION),
        (RollingBack("2", "B", "x"), UpdatePhase.REBOOTING),
        (Committed("2", "B"), UpdatePhase.COMMITTED),
        (RolledBack("2", "B", "x"), UpdatePhase.ROLLED_BACK),
    ],
)
def test_each_state_of_an_update_is_reported(state: UpdateState, phase: UpdatePhase) -> None:
    agent = replace(started(), memory=Memory(update=state))
    _, effects = run(agent, Refused("any"))
    reports = [e.reported for e in effects if isinstance(e, PublishReported)]
    assert reports[0].update.phase is phase


def test_a_release_the_disk_has_no_room_for_is_tried_again_at_the_next_look() -> None:
    agent, _ = run(started(), DesiredArrived(DESIRED), ReleaseFetched("2", "/r"))
    agent, effects = run(agent, ReleaseDelayed())
    assert agent.memory.update == Fetching("2")
    assert FetchRelease("2") not in effects
    assert FetchRelease("2") in run(agent, Hinted())[1]


def test_an_outage_of_the_city_hall_delays_a_release_and_a_missing_printer_ends_it() -> None:
    def live(problem: str, seconds: range) -> UpdateState:
        agent = begin(SETTINGS, Memory(update=Rebooting("2", "B")), 0.0)
        agent, _ = run(agent, Started("B", "", "2", None))
        for second in seconds:
            problems = (problem,) if problem else ()
            beat = Beat("player", healthy=True, showing="", problems=problems)
            agent, _ = run(agent, ProgramSaid(beat), Tick(), at=float(second))
        return agent.memory.update

    assert isinstance(live("gateway: it does not answer", range(200)), OnProbation)
    assert isinstance(live("", range(200)), OnProbation)  # the broker is away all the time
    assert isinstance(live("printer: it does not print", range(30)), OnProbation)
    assert isinstance(live("printer: it does not print", range(31)), RollingBack)
