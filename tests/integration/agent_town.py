"""A throw-away town for tests of the agent: real broker, content server and agent process."""

import contextlib
import hashlib
import io
import os
import queue
import socket
import ssl
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from device_agent.adapters.slots import Slots, select_boot_slot, slot_directory
from device_agent.app import EXIT_REBOOT
from device_agent.link.socket_client import AgentLink
from device_agent.wire.desired import PAYLOAD_TYPE as DESIRED
from device_agent.wire.desired import DesiredRelease, DesiredState, encode_desired
from device_agent.wire.local import AgentMessage, Beat, Hello
from device_agent.wire.reported import Reported, decode_reported
from device_agent.wire.topics import DesiredTopic, ReportedTopic, build
from playlists import (
    Blob,
    Image,
    Playlist,
    Programme,
    Schedule,
    Sequence,
    Sha256,
    Zone,
    encode_programme,
)
from provisioning.city import City
from provisioning.config import Settings
from provisioning.enroll import ROLLOUT
from provisioning.founding import enroll, found_city
from provisioning.publish import signers
from provisioning.trust import Role, sign

DEVICE = "lobby-001"
AREA = "liberec"
CHANNEL = "lobby"
PATIENCE = 30.0

MessageT = TypeVar("MessageT")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_until(done: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not done():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.02)


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def reachable(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def no_delay(_client: object, _data: object, line: object) -> None:
    assert isinstance(line, socket.socket)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@dataclass
class Operator:
    """The city's own voice and ear at the broker."""

    client: Client
    heard: queue.Queue[tuple[str, bytes]] = field(default_factory=queue.Queue)
    last: dict[str, bytes] = field(default_factory=dict)
    history: list[tuple[str, bytes]] = field(default_factory=list)

    def say(self, topic: str, payload: bytes, *, retain: bool = True) -> None:
        self.client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(PATIENCE)

    def reported(self) -> Reported | None:
        data = self.last.get(build(ReportedTopic(DEVICE)))
        return decode_reported(data) if data else None

    def wait_reported(self, want: Callable[[Reported], bool], what: str) -> Reported:
        def done() -> bool:
            report = self.reported()
            return report is not None and want(report)

        wait_until(done, f"{what}; last report {self.reported()}")
        found = self.reported()
        assert found is not None
        return found


@dataclass
class Town:
    folder: Path
    city: City
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def broker_port(self) -> int:
        return self.city.settings.broker_port

    @property
    def content_port(self) -> int:
        return self.city.settings.content_port

    @property
    def agent_folder(self) -> Path:
        return self.folder / "agent"

    @property
    def socket(self) -> Path:
        return self.folder / "agent.sock"

    @property
    def slots(self) -> Path:
        return self.agent_folder / "slots-of-device"

    @property
    def content(self) -> Path:
        return self.agent_folder / "content"

    def start(self, *words: str, name: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{name}.log").open("ab")
        with log:
            process = subprocess.Popen(words, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def start_broker(self) -> subprocess.Popen[bytes]:
        process = self.start(
            "mosquitto", "-c", str(self.city.broker_configuration), name="mosquitto"
        )
        wait_until(lambda: reachable(self.broker_port), "mosquitto")
        return process

    def start_content(self) -> subprocess.Popen[bytes]:
        process = self.start(
            sys.executable, "-m", "provisioning", "publish", "serve", str(self.city.root),
            name="content",
        )  # fmt: skip
        wait_until(lambda: reachable(self.content_port), "content server")
        return process

    def configure(self, **changes: object) -> Path:
        identity = self.city.device(DEVICE)
        text = f"""
[device]
id = "{DEVICE}"
program = "player"
groups = ["lobby"]
areas = ["{AREA}"]
channel = "{CHANNEL}"
[broker]
host = "127.0.0.1"
port = {changes.get("broker_port", self.broker_port)}
[tls]
ca = "{identity.authority}"
certificate = "{identity.certificate}"
key = "{identity.key}"
[content]
url = "https://127.0.0.1:{changes.get("content_port", self.content_port)}/"
root = "{identity.folder}/root.json"
directory = "{self.content}"
[local]
socket = "{self.socket}"
allowed_uids = [{os.getuid()}]
[state]
directory = "{self.agent_folder}/state"
[update]
slots = "{self.slots}"
probation_seconds = {changes.get("probation", 1.0)}
patience_seconds = {changes.get("patience", 6.0)}
grace_seconds = {changes.get("grace", 3.0)}
[poll]
seconds = {changes.get("poll", 300)}
"""
        path = self.folder / "agent.toml"
        path.write_text(text)
        return path

    def start_agent(self, **changes: object) -> subprocess.Popen[bytes]:
        path = self.configure(**changes)
        process = self.start(
            sys.executable, "-m", "device_agent", "run", "--config", str(path),
            "--log-level", "DEBUG", name="agent",
        )  # fmt: skip
        wait_until(self.socket.is_socket, "the agent's socket")
        return process

    @contextlib.contextmanager
    def device(self, play: Callable[[str], bool], **changes: object) -> Iterator[None]:
        """A device with a supervisor and a player; `play` says for a release if it is well."""
        ended = threading.Event()

        def live() -> None:
            while not ended.is_set():
                release = Slots(self.slots).version(select_boot_slot(self.slots))
                agent = self.start_agent(**changes)
                player = Player(self.socket)
                while agent.poll() is None and not ended.is_set():
                    if play(release):
                        player.beat()
                    ended.wait(0.1)
                player.link.close()
                stop(agent)
                assert ended.is_set() or agent.returncode == EXIT_REBOOT

        supervisor = threading.Thread(target=live)
        supervisor.start()
        try:
            yield
        finally:
            ended.set()
            supervisor.join(PATIENCE)

    @contextlib.contextmanager
    def operator(self) -> Iterator[Operator]:
        identity = self.city.operator(ROLLOUT)
        client = Client(CallbackAPIVersion.VERSION2, ROLLOUT, protocol=MQTTProtocolVersion.MQTTv5)
        context = ssl.create_default_context(cafile=str(identity.authority))
        context.load_cert_chain(identity.certificate, identity.key)
        client.tls_set_context(context)
        operator = Operator(client)

        def hear(_client: object, _data: object, message: object) -> None:
            topic, payload = message.topic, message.payload  # type: ignore[attr-defined]  # paho's
            operator.last[topic] = payload
            operator.history.append((topic, payload))
            operator.heard.put((topic, payload))

        client.on_message = hear
        client.on_socket_open = no_delay
        client.connect("127.0.0.1", self.broker_port)
        client.subscribe("om/v1/#", qos=1)
        client.loop_start()
        try:
            yield operator
        finally:
            client.disconnect()
            client.loop_stop()

    def signed(self, payload: bytes, payload_type: str, role: Role) -> bytes:
        return sign(payload, payload_type, signers(self.city.keys, role))

    def desire(self, operator: Operator, serial: int, release: str | None = None) -> None:
        wanted = DesiredRelease(release, f"release/{release}.json") if release else None
        state = DesiredState(DEVICE, serial, datetime.now(UTC), CHANNEL, (AREA,), wanted)
        envelope = self.signed(encode_desired(state), DESIRED, Role.DESIRED)
        operator.say(build(DesiredTopic(DEVICE)), envelope)

    def publish(self, version: int, *pictures: bytes) -> bytes:
        """Publish a programme of these pictures; its document."""
        digests = [Sha256(hashlib.sha256(data).hexdigest()) for data in pictures]
        document = encode_programme(programme(version, digests, pictures))
        blobs: dict[str, Path] = {}
        for digest, data in zip(digests, pictures, strict=True):
            blobs[digest] = self.folder / f"{digest}.png"
            blobs[digest].write_bytes(data)
        self.city.publish_programme(document, blobs, datetime.now(UTC))
        return document

    def release(self, version: str) -> Path:
        path = self.folder / f"{version}.tar"
        with tarfile.open(path, "w") as archive:
            add_file(archive, "VERSION", version.encode(), 0o644)
            add_file(archive, "bin/program", b"#!/bin/sh\n", 0o755)
        return path


def programme(version: int, digests: list[Sha256], pictures: tuple[bytes, ...]) -> Programme:
    items = tuple(
        Image(f"obraz-{index}", digest, 1000, "Obraz (VZOR)")
        for index, digest in enumerate(digests)
    )
    return Programme(
        channel=CHANNEL,
        version=version,
        title="Program (VZOR)",
        zones=(Zone("celek", 0, 0, 100, 100),),
        playlists=(Playlist("zaklad", (Sequence("celek", items),)),),
        schedule=Schedule("zaklad"),
        blobs=tuple(
            Blob(digest, len(data), "image/png")
            for digest, data in zip(digests, pictures, strict=True)
        ),
    )


def add_file(archive: tarfile.TarFile, name: str, data: bytes, mode: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), mode
    archive.addfile(member, io.BytesIO(data))


@contextlib.contextmanager
def open_town(folder: Path, ahead: timedelta = timedelta()) -> Iterator[Town]:
    """A town whose clock is `ahead` of the device's: its certificates begin to count then."""
    settings = Settings(broker_port=free_port(), content_port=free_port())
    city = found_city(folder / "city", settings, datetime.now(UTC) + ahead)
    enroll(city, DEVICE, datetime.now(UTC) + ahead)
    town = Town(folder, city)
    first = slot_directory(town.slots, "A")
    (first / "bin").mkdir(parents=True)
    (first / "VERSION").write_text("1.0.0")
    select_boot_slot(town.slots)
    try:
        yield town
    finally:
        for process in reversed(town.processes):
            stop(process)


@dataclass
class Player:
    """A program at the agent's socket that beats."""

    path: Path
    healthy: bool = True
    got: queue.Queue[AgentMessage] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        self.link = AgentLink(self.path, Hello("player", os.getpid(), "1.0"), self.got.put)
        self.link.start()

    def beat(self) -> None:
        problems = () if self.healthy else ("the picture is black",)
        self.link.send(Beat("player", self.healthy, "VZOR", problems))

    def wait_for(
        self, kind: type[MessageT], want: Callable[[MessageT], bool] = lambda _: True
    ) -> MessageT:
        end = time.monotonic() + PATIENCE
        while True:
            message = self.got.get(timeout=max(0.01, end - time.monotonic()))
            if isinstance(message, kind) and want(message):
                return message
