"""A real player on a real X server of its own, with the agent's end of the socket in our hand."""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageGrab, ImageStat

from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency
from device_agent.wire.local import (
    AgentMessage,
    ProgramMessage,
    decode_from_program,
    encode,
)
from playlists import Programme, encode_programme

WIDTH, HEIGHT = 1280, 720
_FRAME = (64, 36)


def surroundings() -> dict[str, str]:
    """The environment without what the QML tests of the same run set: they paint off screen."""
    return {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}


def wait_for(condition: Callable[[], bool], what: str, limit: float = 15.0) -> float:
    """Seconds until the condition holds; fails with `what` when it does not."""
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < limit, f"waited {limit} s in vain: {what}"
        time.sleep(0.01)
    return time.monotonic() - begin


@contextmanager
def x_server(name: str = "") -> Iterator[str]:
    """An Xvfb on the display of that name, by default on a free one; its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    command += ["-nolisten", "tcp", "-noreset", *([name] if name else [])]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=[writer], stdout=quiet, stderr=quiet) as server:
        os.close(writer)
        try:
            ready, _, _ = select.select([reader], [], [], 20)
            assert ready, "Xvfb did not start"
            yield f":{os.read(reader, 16).decode().strip()}"
        finally:
            os.close(reader)
            server.terminate()


def grab(display: str) -> Image.Image:
    """The whole screen now."""
    return ImageGrab.grab(xdisplay=display).convert("RGB")


def is_blank(picture: Image.Image) -> bool:
    """Black, or one flat colour: nothing a visitor should ever see."""
    stat = ImageStat.Stat(picture.convert("L"))
    return stat.mean[0] < 10 or stat.stddev[0] < 4


def near(picture: Image.Image, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    """Whether a pixel has a colour, give or take the film's compression."""
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return all(abs(a - b) < 14 for a, b in zip(found, colour, strict=True))


@contextmanager
def film_of(display: str) -> Iterator[list[Image.Image]]:
    """Frames of the display at 30 a second, small and grey, while the block runs."""
    command = ["ffmpeg", "-v", "error", "-f", "x11grab", "-framerate", "30", "-draw_mouse", "0"]
    command += ["-video_size", f"{WIDTH}x{HEIGHT}", "-i", display, "-vf"]
    command += [f"scale={_FRAME[0]}:{_FRAME[1]}:flags=area", "-pix_fmt", "gray"]
    command += ["-f", "rawvideo", "-"]
    frames: list[Image.Image] = []
    size = _FRAME[0] * _FRAME[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as recorder:
        output = recorder.stdout
        assert output is not None

        def read() -> None:
            while len(data := output.read(size)) == size:
                frames.append(Image.frombytes("L", _FRAME, data))

        reader = threading.Thread(target=read)
        reader.start()
        try:
            yield frames
        finally:
            recorder.send_signal(signal.SIGINT)
            reader.join()


def install(content: Path, programme: Programme, files: dict[str, Path]) -> Path:
    """Put a programme in force in a content directory, as the agent does; the document's path."""
    blobs = content / "blobs"
    blobs.mkdir(parents=True, exist_ok=True)
    for sha256, path in files.items():
        (blobs / sha256).write_bytes(path.read_bytes())
    part = content / "part"
    part.write_bytes(encode_programme(programme))
    return part.rename(content / "current.json")


@dataclass
class AgentEnd:
    """The agent's end of the local socket: says what it is told to, notes what it hears."""

    path: Path
    heard: list[ProgramMessage] = field(default_factory=list)
    _line: socket.socket | None = None

    def serve(self, server: socket.socket) -> None:
        """Take one line after the other until the server is closed."""
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            self._line = line
            with line, line.makefile("rb") as stream:
                for text in stream:
                    self.heard.append(decode_from_program(text.rstrip(b"\n")))

    def say(self, message: AgentMessage) -> None:
        """Send a message to the player."""
        assert self._line is not None, "the player is not connected"
        self._line.sendall(encode(message))

    def of(self, kind: type[ProgramMessage]) -> list[ProgramMessage]:
        """What was heard of one kind."""
        return [message for message in self.heard if isinstance(message, kind)]


@contextmanager
def agent_end(path: Path) -> Iterator[AgentEnd]:
    """A listening agent's end."""
    end = AgentEnd(path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()
        thread = threading.Thread(target=end.serve, args=(server,), daemon=True)
        thread.start()
        yield end
        server.shutdown(socket.SHUT_RDWR)


@contextmanager
def player(
    display: str, content: Path, agent: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The real program on a display; killed at the end when it is still there."""
    config = content / "player.toml"
    lines = [f'content = "{content}"']
    lines += [f'agent_socket = "{agent}"'] if agent else []
    config.write_text("\n".join(lines), "utf-8")
    environment = {
        **surroundings(),
        "DISPLAY": display,
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu",
        "QT_QUICK_BACKEND": "software",
    }
    command = [sys.executable, "-m", "signage_player", "run", "--config", str(config)]
    log = (content / "player.log").open("a", encoding="utf-8")
    with log, subprocess.Popen(command, env=environment, stderr=log, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def sample_alert(identifier: str = "vzor-1", severity: Severity = Severity.EXTREME) -> Alert:
    """A flood alert of the sample city in Czech and English."""
    now = datetime.now(UTC)
    czech = AlertInfo(
        "cs",
        "Povodeň",
        "Povodeň na Lužické Nise",
        "Hladina stoupá nad 3. stupeň povodňové aktivity. (ukázková data)",
        "Opusťte nábřeží a sklepy. Nevjíždějte do zatopených ulic.",
        "Liberec: Perštýn, Dolní Hanychov, nábřeží Nisy",
    )
    english = AlertInfo(
        "en",
        "Flood",
        "Flood on the Lusatian Neisse",
        "The water is above flood level 3. (sample data)",
        "Leave the embankment and cellars. Do not drive into flooded streets.",
        "Liberec: river embankment",
    )
    return Alert(
        identifier,
        now,
        severity,
        Urgency.IMMEDIATE,
        Certainty.OBSERVED,
        now + timedelta(hours=2),
        (czech, english),
    )
