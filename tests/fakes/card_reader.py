"""A virtual card reader: a private pcscd with the vpcd driver, apart from every other.

Debian's vpcd listens on all interfaces, and told to connect out instead it ends pcscd when a
card is taken. So pcscd runs in a network namespace of its own, with nothing but a loopback, and its
socket directory bound over /run/pcscd in a mount namespace of its own. A virtual card comes in by a
Unix socket in the reader's directory: it is handed a connection to the driver's slot.

As a program it runs one reader in the foreground: the program, pcscd and the socket die together.
"""

import argparse
import atexit
import contextlib
import fcntl
import functools
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_DRIVERS = Path("/usr/lib/pcsc/drivers/serial")
_RUN = Path("/run/pcscd")
_PORT = 35963
_START_SECONDS = 10.0
_HAND_OUT_SECONDS = 0.1
READER = "Virtual PCD"
READER_NAME = f"{READER} 00 00"
SECOND_SLOT_NAME = f"{READER} 00 01"
_SLOTS = 2
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_TRY_AGAIN_SECONDS = 0.02


class CardReader:
    """A reader of one's own for a test.

    Attributes:
        directory: where a virtual card finds the slot (``virtual_card.slot.Slot(directory)``).
        environment: for the processes that shall see this reader.
    """

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="reader-"))
        self.environment = environment(self.directory)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id of the reader; pcscd dies with it."""
        if self._process is None:
            raise RuntimeError("The card reader is not running.")
        return self._process.pid

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def start(self, name: str | None = READER) -> None:
        """Start pcscd and wait until it answers."""
        configure(self.directory, name)
        module = ["-m", "tests.fakes.card_reader", "--dir", str(self.directory)]
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", sys.executable, *module],
            stdin=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        deadline = time.monotonic() + _START_SECONDS
        while not answers(self.directory):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError("pcscd did not start.")
            time.sleep(_TRY_AGAIN_SECONDS)

    def kill(self) -> None:
        """End pcscd at once, as a crash would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None
        while answers(self.directory):
            time.sleep(_TRY_AGAIN_SECONDS)

    def restart(self, name: str | None = READER) -> None:
        """Kill pcscd and start it anew, with a reader of that name or with none."""
        self.kill()
        self.start(name)


@functools.cache
def shared_card_reader() -> CardReader:
    """Start one reader for all tests of this process.

    The PC/SC client library asks for the socket's name once in a process, so tests that speak PC/SC
    themselves share a reader.
    """
    reader = CardReader()
    reader.start()
    atexit.register(reader.__exit__, None, None, None)
    return reader


def environment(directory: Path) -> dict[str, str]:
    """Give what a PC/SC client's environment must hold to find the reader of a directory."""
    return {"PCSCLITE_CSOCK_NAME": str(directory / "run" / "pcscd.comm")}


def slot_socket(directory: Path, slot: int = 0) -> Path:
    """Name the socket that hands a virtual card its connection to one of the two slots."""
    return directory / f"slot-{slot}.sock"


def configure(directory: Path, name: str | None) -> None:
    """Write pcscd's configuration with a reader of that name, or with none."""
    library = min(_DRIVERS.glob("libifdvpcd.so*"))
    reader = (
        f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:{_PORT:#x}\n'
        f"LIBPATH {library}\nCHANNELID {_PORT:#x}\n"
    )
    text = "" if name is None else reader
    (directory / "reader.conf").write_text(text, encoding="ascii")


def answers(directory: Path) -> bool:
    """Tell whether pcscd takes clients."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(environment(directory)["PCSCLITE_CSOCK_NAME"])
        except OSError:
            return False
    return True


def main() -> int:
    """Run a reader in the foreground until it or its pcscd is ended."""
    parser = argparse.ArgumentParser(description="Run a virtual card reader.")
    parser.add_argument("--dir", type=Path, required=True, help="directory of the reader's files")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    directory: Path = arguments.dir.resolve()
    if arguments.inside:
        return _run(directory)
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    module = [sys.executable, "-m", "tests.fakes.card_reader", "--inside", "--dir", str(directory)]
    return subprocess.call(
        ["setpriv", "--pdeathsig", "KILL", "unshare", *user, "--mount", "--net", *module]
    )


def _run(directory: Path) -> int:
    """Be the reader, inside the namespaces."""
    _loopback_up()
    run = directory / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(parents=True)
    configuration = directory / "reader.conf"
    if not configuration.exists():
        configure(directory, READER)
    if not _RUN.is_dir():  # nobody started pcscd yet; only inside may an ordinary user make it
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(_RUN.parent)], check=True)
        _RUN.mkdir()
    subprocess.run(["mount", "--bind", str(run), str(_RUN)], check=True)
    for slot in range(_SLOTS):
        threading.Thread(target=_hand_out, args=(directory, slot), daemon=True).start()
    service = ["pcscd", "--foreground", "--config", str(configuration)]
    return subprocess.call(["setpriv", "--pdeathsig", "KILL", *service])


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))


def _hand_out(directory: Path, number: int) -> None:
    """Give each caller a connection to one slot of the driver."""
    path = slot_socket(directory, number)
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        while True:
            caller, _ = server.accept()
            with caller, contextlib.suppress(OSError), socket.socket() as slot:
                slot.settimeout(_HAND_OUT_SECONDS)  # the driver's queue holds one; ask again
                slot.connect(("127.0.0.1", _PORT + number))
                slot.settimeout(None)
                socket.send_fds(caller, [b"slot"], [slot.fileno()])


if __name__ == "__main__":
    sys.exit(main())
