"""Puts the agent together from its configuration, by constructor arguments."""

import importlib.metadata
import queue
from datetime import UTC, datetime

from device_agent.adapters.blobs import BlobStore
from device_agent.adapters.content import ContentFolder, programme_in_force
from device_agent.adapters.local_server import LocalServer
from device_agent.adapters.memory_file import MemoryFile
from device_agent.adapters.mqtt import MqttLink, MqttSettings
from device_agent.adapters.outbox import Outbox
from device_agent.adapters.slots import Slots
from device_agent.adapters.spool import Spool
from device_agent.adapters.statements import Statements
from device_agent.adapters.store import ContentStore, StoreSettings
from device_agent.adapters.worker import Tools, Worker
from device_agent.app import App, Doors, Habits, Incoming
from device_agent.config import Config
from device_agent.core.agent_words import Settings
from device_agent.core.update import Probation
from device_agent.wire.status import Status, encode_status
from device_agent.wire.topics import StatusTopic, build


def version() -> str:
    """The agent's own version."""
    try:
        return importlib.metadata.version("otevrene-mesto")
    except importlib.metadata.PackageNotFoundError:
        return "development"


def make_app(config: Config, inbox: queue.SimpleQueue[Incoming]) -> App:
    """The whole agent, not yet running.

    Raises:
        OSError: a certificate, key, root or directory cannot be used.
    """
    for directory in (config.state_directory, config.content_directory, config.slots_directory):
        directory.mkdir(parents=True, exist_ok=True)
    slots = Slots(config.slots_directory)
    habits = Habits(config.groups, config.poll_seconds, datetime.now(UTC))
    settings = _settings(config, slots.boot_id)
    folder = ContentFolder(config.content_directory)
    store = ContentStore(_store_settings(config))
    releases = BlobStore(config.state_directory / "releases")
    line = MqttLink(_mqtt_settings(config, settings, habits), inbox.put)
    spool = Spool(config.state_directory / "spool.sqlite", config.device)
    statements = Statements(config.device)
    statements.renew(store.role_keys())
    doors = Doors(
        line=line,
        programs=LocalServer(config.socket, config.allowed_uids, inbox.put),
        worker=Worker(Tools(store, folder, releases, slots, config.compatible), inbox.put),
        slots=slots,
        memory=MemoryFile(config.state_directory / "memory.json"),
        outbox=Outbox(spool, config.device, line.publish),
        statements=statements,
    )
    return App(settings, habits, doors, inbox, programme_in_force(folder))


def _settings(config: Config, boot_id: str) -> Settings:
    return Settings(
        device=config.device,
        program=config.program,
        areas=config.areas,
        channel=config.channel,
        probation=Probation(
            config.probation_seconds, config.patience_seconds, config.outage_seconds
        ),
        grace=config.grace_seconds,
        version=version(),
        boot_id=boot_id,
    )


def _store_settings(config: Config) -> StoreSettings:
    return StoreSettings(
        url=config.content_url,
        ca=config.ca,
        certificate=config.certificate,
        key=config.key,
        root=config.trusted_root,
        metadata=config.state_directory / "metadata",
    )


def _mqtt_settings(config: Config, settings: Settings, habits: Habits) -> MqttSettings:
    will = Status(settings.device, False, settings.boot_id, habits.since)  # noqa: FBT003 - online
    return MqttSettings(
        host=config.broker_host,
        port=config.broker_port,
        ca=config.ca,
        certificate=config.certificate,
        key=config.key,
        device=config.device,
        will_topic=build(StatusTopic(config.device)),
        will=encode_status(will),
    )
