"""Everything the agent decides: one event in, the new state and what to do about it out."""

from dataclasses import replace
from typing import assert_never

from device_agent.core import alerts, command, desired, update
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
from device_agent.core.clock import EARLIEST, Clock
from device_agent.core.health import Health, heard, judge
from device_agent.core.report import alerts_of, areas_of, channel_of, reported_of
from device_agent.core.update_states import (
    Delayed,
    Fetch,
    Installed,
    Judged,
    Offered,
    Reboot,
    Save,
    UpdateEvent,
)
from device_agent.core.update_states import Fetched as UpdateFetched
from device_agent.core.update_states import Refused as UpdateRefused
from device_agent.core.update_states import Started as UpdateStarted
from device_agent.wire.command import CommandResult, CommandStatus
from device_agent.wire.local import (
    AlertShown,
    Beat,
    Connection,
    Hello,
    ProgrammeReady,
    ProgramMessage,
    ProofOfPlay,
)

MAX_REASONS = 32
Result = tuple[Agent, tuple[Effect, ...]]


def begin(settings: Settings, memory: Memory, ticks: float) -> Agent:
    """The state before the first event, with what outlived the last process."""
    health = Health(settings.program, ticks, settings.grace)
    return Agent(settings, memory, health, judge(health, Clock(EARLIEST, ticks)))


def step(agent: Agent, event: Event, clock: Clock) -> Result:
    """One event. Programs hear of alerts first, then memory is saved, then all else is done."""
    after, effects = _handle(agent, event, clock)
    after = replace(
        after,
        verdict=judge(after.health, clock),
        memory=replace(after.memory, alerts=alerts.lapse(after.memory.alerts, clock)),
    )
    return after, _in_order(agent, after, effects)


def _in_order(before: Agent, after: Agent, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    first: list[Effect] = []
    last: list[Effect] = []
    if alerts_of(before) != alerts_of(after):
        first.append(TellAll(alerts_of(after)))
    if before.memory != after.memory:
        first.append(SaveMemory(after.memory))
    if reported_of(before) != reported_of(after):
        last.append(PublishReported(reported_of(after)))
    reboots = [effect for effect in effects if isinstance(effect, Reboot)]
    others = [effect for effect in effects if not isinstance(effect, Reboot)]
    return (*first, *others, *last, *reboots)


def _handle(agent: Agent, event: Event, clock: Clock) -> Result:  # noqa: C901, PLR0911, PLR0912 - one for each event
    match event:
        case Started():
            return _started(agent, event, clock)
        case Connected(online):
            return _connected(agent, online=online)
        case AlertArrived():
            return _alert(agent, event, clock)
        case DesiredArrived():
            return _desired(agent, event)
        case CommandArrived(topic_id, order):
            return _command(agent, command.Arrived(topic_id, order), clock)
        case CommandNotTrusted(topic_id):
            return _not_trusted(agent, topic_id, clock)
        case Refused(reason):
            return _count(agent, reason), ()
        case Hinted():
            return _look(agent)
        case ProgramJoined(client):
            return agent, _welcome(agent, client)
        case ProgramSaid(message):
            return _said(agent, message, clock)
        case Looked():
            return _looked(agent, event, clock)
        case ReleaseFetched(version, path):
            return _update(replace(agent, fetching=False), UpdateFetched(version, path))
        case ReleaseDelayed():
            return _update(replace(agent, fetching=False), Delayed())
        case ReleaseRefused(version, reason):
            return _update(replace(agent, fetching=False), UpdateRefused(version, reason))
        case ReleaseInstalled(slot):
            return _update(agent, Installed(slot))
        case Tick():
            return _update(agent, Judged(judge(agent.health, clock), clock.ticks))
        case _ as unreachable:
            assert_never(unreachable)


def _count(agent: Agent, reason: str) -> Agent:
    counts = dict(agent.refused)
    if reason in counts or len(counts) < MAX_REASONS:
        counts[reason] = counts.get(reason, 0) + 1
    return replace(agent, refused=tuple(sorted(counts.items())))


def _started(agent: Agent, event: Started, clock: Clock) -> Result:
    agent = replace(agent, slot=event.slot, release=event.release, programme=event.programme)
    kept = alerts.keep_areas(agent.memory.alerts, areas_of(agent))
    agent = replace(agent, memory=replace(agent.memory, alerts=kept))
    agent, update_effects = _update(agent, UpdateStarted(event.slot, event.failed, clock.ticks))
    agent, answers = _command(agent, command.Restarted(), clock)
    agent, looks = _look(agent)
    return agent, (*update_effects, *answers, *looks)


def _connected(agent: Agent, *, online: bool) -> Result:
    agent = replace(agent, health=replace(agent.health, online=online))
    effects: tuple[Effect, ...] = (TellAll(Connection(online)),)
    if not online:
        return agent, effects
    agent, looks = _look(agent)
    return agent, (*effects, PublishReported(reported_of(agent)), *looks)


def _alert(agent: Agent, event: AlertArrived, clock: Clock) -> Result:
    if event.area not in areas_of(agent):
        return _count(agent, alerts.AlertRefusal.WRONG_AREA.value), ()
    book, outcome = alerts.receive(agent.memory.alerts, event.area, event.message, clock.wall)
    if isinstance(outcome, alerts.Refused):
        return _count(agent, outcome.reason.value), ()
    return replace(agent, memory=replace(agent.memory, alerts=book)), ()


def _desired(agent: Agent, event: DesiredArrived) -> Result:
    match desired.decide(agent.settings.device, agent.memory.desired, event.state):
        case desired.Refused(reason):
            return _count(agent, reason.value), ()
        case desired.Unchanged():
            return agent, ()
        case desired.Accepted(state):
            kept = alerts.keep_areas(agent.memory.alerts, state.areas)
            memory = replace(agent.memory, desired=state, alerts=kept)
            agent, looks = _look(replace(agent, memory=memory))
            return agent, (Listen(state.areas), *looks)
        case _ as unreachable:
            assert_never(unreachable)


def _offer(agent: Agent) -> Result:
    state = agent.memory.desired
    if state is None or state.release is None:
        return agent, ()
    return _update(agent, Offered(state.release.version, agent.release))


def _update(agent: Agent, event: UpdateEvent) -> Result:
    state, found = update.step(agent.memory.update, event, agent.settings.probation)
    agent = replace(agent, memory=replace(agent.memory, update=state))
    effects: list[Effect] = []
    for effect in found:
        match effect:
            case Save():
                pass  # `step` saves whatever changed before all else
            case Fetch(version):
                if not agent.fetching:
                    agent = replace(agent, fetching=True)
                    effects.append(FetchRelease(version))
            case _:
                effects.append(effect)
    return agent, tuple(effects)


def _command(agent: Agent, event: command.CommandEvent, clock: Clock) -> Result:
    memory, found = command.step(agent.memory.commands, event, agent.settings.device, clock.wall)
    agent = replace(agent, memory=replace(agent.memory, commands=memory))
    effects: list[Effect] = []
    for effect in found:
        match effect:
            case command.Answer(result):
                effects.append(PublishAnswer(result))
            case command.CountRefusal(reason):
                agent = _count(agent, reason.value)
            case command.Execute(id_, action):
                agent, more = _execute(agent, id_, action, clock)
                effects.extend(more)
            case _ as unreachable:
                assert_never(unreachable)
    return agent, tuple(effects)


def _execute(agent: Agent, id_: str, action: command.Action, clock: Clock) -> Result:
    match action:
        case command.Action.RELOAD:
            return _look(replace(agent, reloads=(*agent.reloads, id_)))
        case command.Action.REPORT:
            agent, answers = _command(agent, command.Finished(id_), clock)
            return agent, (PublishReported(reported_of(agent)), *answers)
        case _ as unreachable:
            assert_never(unreachable)


def _not_trusted(agent: Agent, topic_id: str, clock: Clock) -> Result:
    reason = "command-not-trusted"
    result = CommandResult(
        agent.settings.device, topic_id, CommandStatus.REFUSED, reason, clock.wall
    )
    return _count(agent, reason), (PublishAnswer(result),)


def _look(agent: Agent) -> Result:
    agent, offers = _offer(agent)
    if agent.looking:
        return replace(agent, look_again=True), offers
    return replace(agent, looking=True), (*offers, Look(channel_of(agent)))


def _looked(agent: Agent, event: Looked, clock: Clock) -> Result:
    effects: list[Effect] = []
    if event.programme is not None and event.programme != agent.programme:
        agent = replace(agent, programme=event.programme)
        effects.append(TellAll(_ready(event.programme.path, event.programme.reported.sha256)))
    reloads = agent.reloads
    agent = replace(agent, looking=False, reloads=())
    if agent.look_again:
        agent, more = _look(replace(agent, look_again=False, reloads=reloads))
        return agent, (*effects, *more)
    for id_ in reloads:
        agent, answers = _command(agent, command.Finished(id_, event.problem), clock)
        effects.extend(answers)
    return agent, tuple(effects)


def _ready(path: str, sha256: str) -> ProgrammeReady:
    return ProgrammeReady(path, sha256)


def _welcome(agent: Agent, client: int) -> tuple[Effect, ...]:
    effects: list[Effect] = [TellOne(client, alerts_of(agent))]
    if agent.programme is not None:
        programme = agent.programme
        effects.append(TellOne(client, _ready(programme.path, programme.reported.sha256)))
    return (*effects, TellOne(client, Connection(agent.health.online)))


def _said(agent: Agent, message: ProgramMessage, clock: Clock) -> Result:
    match message:
        case Hello():
            return agent, ()
        case Beat():
            return replace(agent, health=heard(agent.health, message, clock.ticks)), ()
        case AlertShown() | ProofOfPlay():
            return agent, (SpoolEvent(message),)
        case _ as unreachable:
            assert_never(unreachable)
