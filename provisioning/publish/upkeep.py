"""Does small jobs again and again beside a server; one that fails is told and tried again."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from provisioning.publish.errors import PublishError

logger = logging.getLogger(__name__)

EVERY_S: Final = 60.0

Job = Callable[[], object]


@contextmanager
def kept_up(jobs: Sequence[Job], every_s: float = EVERY_S) -> Iterator[None]:
    """Do the jobs at once and then every `every_s` seconds, on a thread that ends with the block.

    A job says what it cannot do by PublishError or OSError; the words go to the log when they
    are others than the last time.
    """
    over = threading.Event()
    thread = threading.Thread(target=_work, args=(jobs, over, every_s), name="upkeep")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _work(jobs: Sequence[Job], over: threading.Event, every_s: float) -> None:
    said: dict[int, str] = {}
    while True:
        for number, job in enumerate(jobs):
            fault = _fault(job)
            if fault and fault != said.get(number):
                logger.warning("%s", fault)
            said[number] = fault
        if over.wait(every_s):
            return


def _fault(job: Job) -> str:
    try:
        job()
    except (PublishError, OSError) as error:
        return str(error)
    return ""
