"""The virtual printer on a TCP port, with its receipts as files; one client at a time."""

import io
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fakes.receipt_printer.mechanism import Fault, Mechanism, PowerLost
from tests.fakes.receipt_printer.paper import Paper
from tests.fakes.receipt_printer.photograph import photograph

__all__ = ["Fault", "VirtualPrinter"]

_TICK = 0.1


class VirtualPrinter:
    """Listens on 127.0.0.1; writes `receipt-NNN.png` and `receipt-NNN.txt` at each cut.

    Args:
        out: Directory for the files; NNN goes on after those already there.
        port: 0 for a free one.
        dots: Width of the head.
    """

    def __init__(self, out: Path, port: int = 0, dots: int = 576) -> None:
        self._out = out
        out.mkdir(parents=True, exist_ok=True)
        self._socket = socket.create_server(("127.0.0.1", port))
        self._socket.settimeout(_TICK)
        self.port = int(self._socket.getsockname()[1])
        self._lock = threading.Lock()
        self._mechanism = Mechanism(dots, self._keep)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="virtual-printer", daemon=True)
        self.receipts: list[Path] = []

    @property
    def uri(self) -> str:
        """Where the kiosk finds it."""
        return f"tcp://127.0.0.1:{self.port}"

    def set_faults(self, *faults: Fault) -> None:
        """From now on exactly these are wrong; what waited in the buffer goes on if none stops."""
        with self._lock:
            self._mechanism.faults = set(faults)
            self._mechanism.take(b"")

    def start(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Close the port."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                client, _ = self._socket.accept()
            except TimeoutError:
                continue
            with client:
                client.settimeout(_TICK)
                self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        while not self._stop.is_set():
            try:
                data = client.recv(65536)
                if not data:
                    return
                with self._lock:
                    answer = self._mechanism.take(data)
                client.sendall(answer)
            except TimeoutError:
                continue
            except (OSError, PowerLost):
                return

    def _keep(self, paper: Paper) -> None:
        taken = [int(path.stem[8:]) for path in self._out.glob("receipt-[0-9]*.png")]
        stem = self._out / f"receipt-{max(taken, default=0) + 1:03d}"
        encoded = io.BytesIO()
        photograph(paper.finished()).save(encoded, "PNG")
        _write(stem.with_suffix(".txt"), ("\n".join(paper.text) + "\n").encode())
        _write(stem.with_suffix(".png"), encoded.getvalue())
        self.receipts.append(stem.with_suffix(".png"))


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(data)
    temporary.replace(path)
