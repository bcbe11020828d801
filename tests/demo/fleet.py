"""What the demo's devices report of themselves, as IT hears it over MQTT; changes nothing."""

import threading
import time
from collections.abc import Callable

from device_agent.wire.reported import Reported
from provisioning.console import Bridge
from tests.demo.place import DEVICES


class Fleet:
    """The last report of each device, kept by a thread that listens at the broker."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._reports: dict[str, Reported] = {}
        self._news = threading.Condition()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="fleet", daemon=True)

    def start(self) -> None:
        """Subscribe to all devices' reports."""
        self._bridge.watch(DEVICES)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; the bridge is its owner's."""
        self._over.set()
        self._thread.join()

    def last(self, device: str) -> Reported | None:
        """The device's last report, None when it has not been heard yet."""
        with self._news:
            return self._reports.get(device)

    def wait(self, device: str, holds: Callable[[Reported], bool], seconds: float) -> float:
        """Waits until a report holds; returns the seconds it took.

        Raises:
            TimeoutError: with the device's last report, so that one sees why.
        """
        begun = time.monotonic()
        with self._news:
            while not self._fits(device, holds):
                left = begun + seconds - time.monotonic()
                if left <= 0:
                    last = self._reports.get(device)
                    raise TimeoutError(f"{device}: not within {seconds:g} s; last report: {last}")
                self._news.wait(left)
        return time.monotonic() - begun

    def _fits(self, device: str, holds: Callable[[Reported], bool]) -> bool:
        report = self._reports.get(device)
        return report is not None and holds(report)

    def _listen(self) -> None:
        while not self._over.is_set():
            said = self._bridge.next_said(0.2)
            if said is not None and isinstance(said.statement, Reported):
                with self._news:
                    self._reports[said.device] = said.statement
                    self._news.notify_all()
