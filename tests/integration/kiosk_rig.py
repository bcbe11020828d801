"""The real kiosk on an X server of its own, with an agent's socket at hand; touches by X events."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from device_agent.wire.local import (
    AgentMessage,
    AlertShown,
    Beat,
    Connection,
    Hello,
    ProgramMessage,
    decode_from_program,
    encode,
)
from tests.demo.kiosk_controls import SCREENS, control_positions, measure
from tests.integration.player_rig import surroundings

SIZE = (720, 1280)
PATIENCE = 20.0


class XServer:
    """One Xvfb on a free display."""

    def __enter__(self) -> Self:
        reader, writer = os.pipe()
        screen = f"{SIZE[0]}x{SIZE[1]}x24"
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp"]
        self.process = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as display:
            self.name = f":{display.readline().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


class AgentSocket:
    """What a kiosk sees of an agent: it hears beats and says what the test wants."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[bytes] = []
        self.beat: Beat | None = None
        self.shown: list[AlertShown] = []
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(path))
        self._server.listen(1)
        self._line: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def say(self, message: AgentMessage) -> None:
        wait_until("the kiosk's line to the agent", lambda: self._line is not None)
        assert self._line is not None
        self._line.sendall(encode(message))

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            self._line = line
            with line, line.makefile("rb") as lines:
                for each in lines:
                    self.lines.append(each)
                    self._take(decode_from_program(each))

    def _take(self, message: ProgramMessage) -> None:
        match message:
            case Hello():
                self.say(Connection(online=True))
            case Beat():
                self.beat = message
            case AlertShown():
                self.shown.append(message)
            case _:
                raise AssertionError(message)


class Kiosk:
    """`kiosk-app run` with its windows."""

    def __init__(
        self, folder: Path, display: str, extra: str = "", environment: Mapping[str, str] = {}
    ) -> None:
        self.agent = AgentSocket(folder / "agent.sock")
        self.log = folder / "kiosk.log"
        config = folder / "kiosk.toml"
        config.write_text(
            f'id = "infobox-001"\nagent_socket = "{self.agent.path}"\n{extra}\n'
            f"[geometry]\nwidth = {SIZE[0]}\nheight = {SIZE[1]}\n",
            encoding="utf-8",
        )
        self.display = display
        self._environment = {
            **surroundings(),
            "DISPLAY": display,
            "HOME": str(folder),
            **environment,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk_app", "run", "--config", str(config)],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
        self.agent.close()

    def windows(self) -> list[int]:
        """The windows' processes, the oldest first."""
        return children_of(self.process.pid)

    def wait_showing(self, screen: str) -> Beat:
        wait_until(f"the screen “{screen}”", lambda: self._shows(screen))
        assert self.agent.beat is not None
        return self.agent.beat

    def wait_ready(self) -> tuple[int, int]:
        """Wait for a front window and a painted spare; their processes."""
        self.wait_showing("attract")
        wait_until("two windows", lambda: len(self.windows()) == 2)
        spare = self.windows()[1]
        wait_until("a painted spare", lambda: self._mapped_windows() == 2)
        return self.windows()[0], spare

    def touch(self, screen: str, control: str) -> None:
        """A press and a release of the first button at the control's place."""
        measure((*SCREENS, "can-wrong"), SIZE)  # all at once, the first time
        x, y = control_positions(screen, SIZE)[control]
        self.xdotool("mousemove", str(x), str(y), "click", "1")

    def xdotool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def type_can(self, can: str) -> None:
        for digit in can:
            self.touch("can", f"key.{digit}")
        self.touch("can-complete", "key.ok")

    def screenshot(self, file: Path) -> None:
        size = f"{SIZE[0]}x{SIZE[1]}"
        command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "x11grab", "-video_size", size]
        command += ["-i", self.display, "-frames:v", "1", str(file)]
        subprocess.run(command, check=True)

    def pixel(self) -> bytes:
        """The whole screen as raw bytes."""
        size = f"{SIZE[0]}x{SIZE[1]}"
        command = ["ffmpeg", "-loglevel", "error", "-f", "x11grab", "-video_size", size]
        command += [
            "-i",
            self.display,
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-",
        ]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def _shows(self, screen: str) -> bool:
        beat = self.agent.beat
        return beat is not None and beat.healthy and beat.showing == screen

    def _mapped_windows(self) -> int:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "^Infobox$"],
            env=self._environment,
            check=False,
            capture_output=True,
            text=True,
        )
        sizes = [self._size(each) for each in found.stdout.split()]
        return sizes.count(SIZE)

    def _size(self, window: str) -> tuple[int, int]:
        text = self.xdotool("getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in text.split())
        return int(values["WIDTH"]), int(values["HEIGHT"])


def wait_until(what: str, condition: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Poll until the condition holds; how many seconds it took."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        time.sleep(0.01)
    return time.monotonic() - begun


def children_of(parent: int) -> list[int]:
    """The living children of a process, by their start."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append((int(fields[19]), int(stat.parent.name)))
    return [pid for _, pid in sorted(found)]


def alive(pid: int) -> bool:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] != "Z"


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
