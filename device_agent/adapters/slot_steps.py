"""Does an update's steps on the slots in their order, each until the disk took it; decides none."""

import logging
from collections import deque
from collections.abc import Callable
from typing import assert_never

from device_agent.adapters.slots import Slots
from device_agent.core.update_states import Activate, Install, MarkBad, MarkGood, Reboot

logger = logging.getLogger(__name__)

SlotStep = Install | Activate | MarkGood | MarkBad | Reboot


class SlotSteps:
    """The steps not done yet; `install` and `reboot` begin what others carry out."""

    def __init__(
        self, slots: Slots, install: Callable[[Install], None], reboot: Callable[[], None]
    ) -> None:
        self._slots = slots
        self._install = install
        self._reboot = reboot
        self._due: deque[SlotStep] = deque()
        self._stuck = False

    def add(self, step: SlotStep) -> None:
        """Put a step behind the others."""
        self._due.append(step)

    def go(self) -> None:
        """Do what is due; a step the disk refuses stays, and those behind it wait for it."""
        while self._due:
            try:
                self._do(self._due[0])
            except OSError as error:
                if not self._stuck:
                    logger.error("A step of the update waits for the disk: %s", error)  # noqa: TRY400 - the disk's word is enough
                self._stuck = True
                return
            self._stuck = False
            self._due.popleft()

    def _do(self, step: SlotStep) -> None:
        match step:
            case Install():
                self._install(step)
            case Activate(slot):
                self._slots.activate(slot)
            case MarkGood(slot):
                self._slots.mark_good(slot)
            case MarkBad(slot):
                self._slots.mark_bad(slot)
            case Reboot():
                self._reboot()
            case _ as unreachable:
                assert_never(unreachable)
