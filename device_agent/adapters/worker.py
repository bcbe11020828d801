"""One thread for what takes long: looking, fetching, installing; it decides nothing."""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from device_agent.adapters.blobs import BlobStore
from device_agent.adapters.content import ContentFolder, bring_programme, bring_release
from device_agent.adapters.release_tar import ArchiveRefused
from device_agent.adapters.slots import Slots
from device_agent.adapters.store import ContentStore, StoreCause, StoreProblem
from device_agent.core.agent_words import (
    Event,
    FetchRelease,
    Look,
    Looked,
    Refused,
    ReleaseDelayed,
    ReleaseFetched,
    ReleaseInstalled,
    ReleaseRefused,
)
from device_agent.core.update_states import Install
from provisioning.trust import Role, RoleKeys

logger = logging.getLogger(__name__)

Job = Look | FetchRelease | Install


@dataclass(frozen=True)
class KeysKnown:
    """The roles' keys as the last verified metadata names them."""

    keys: Mapping[Role, RoleKeys]


@dataclass(frozen=True)
class Tools:
    """What the worker works with."""

    store: ContentStore
    folder: ContentFolder
    releases: BlobStore
    slots: Slots
    compatible: str


class Worker:
    """Does one job after the other; `post` is called in its thread."""

    def __init__(self, tools: Tools, post: Callable[[Event | KeysKnown], None]) -> None:
        self._tools = tools
        self._post = post
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def do(self, job: Job) -> None:
        """Take a job; returns at once."""
        self._jobs.put(job)

    def close(self, patience: float = 2.0) -> None:
        """Let the job at hand end, for at most `patience` seconds; a half one is resumed later."""
        self._jobs.put(None)
        self._thread.join(patience)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._do(job)
            except Exception:  # outermost: a job that breaks must not end the thread
                logger.exception("A job broke down.")
                self._post(_broken(job))

    def _do(self, job: Job) -> None:
        match job:
            case Look(channel):
                self._look(channel)
            case FetchRelease(version):
                self._fetch(version)
            case Install(version, path):
                self._install(version, Path(path))
            case _ as unreachable:
                assert_never(unreachable)

    def _look(self, channel: str) -> None:
        tools = self._tools
        problem, programme = "", None
        try:
            programme = bring_programme(tools.store, tools.folder, channel)
        except (StoreProblem, OSError) as error:
            problem = self._tell(error)
        self._post(KeysKnown(tools.store.role_keys()))
        self._post(Looked(programme, problem))

    def _tell(self, error: StoreProblem | OSError) -> str:
        logger.warning("Content: %s", error)
        if isinstance(error, StoreProblem) and error.cause is not StoreCause.UNAVAILABLE:
            self._post(Refused(error.cause.value))
        return str(error)

    def _fetch(self, version: str) -> None:
        tools = self._tools
        try:
            path = bring_release(tools.store, tools.releases, version, tools.compatible)
        except (StoreProblem, OSError) as error:
            reason = self._tell(error)
            final = isinstance(error, StoreProblem) and error.cause is StoreCause.UNUSABLE
            self._post(ReleaseRefused(version, reason) if final else ReleaseDelayed())
            return
        self._post(ReleaseFetched(version, str(path)))

    def _install(self, version: str, path: Path) -> None:
        try:
            slot = self._tools.slots.install(path, version)
        except ArchiveRefused as error:
            logger.warning("Release %s was refused: %s", version, error)
            self._post(ReleaseRefused(version, str(error)))
            return
        except OSError as error:
            logger.warning("Release %s cannot be installed now: %s", version, error)
            self._post(ReleaseDelayed())
            return
        self._post(ReleaseInstalled(slot))


def _broken(job: Job) -> Event:
    reason = "the agent has a fault, see its log"
    match job:
        case Look():
            return Looked(None, reason)
        case FetchRelease(version) | Install(version):
            return ReleaseRefused(version, reason)
        case _ as unreachable:
            assert_never(unreachable)
