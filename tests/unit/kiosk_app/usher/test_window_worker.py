"""The worker's thread: in order, and not ended by a job that fails or told about in the log."""

import queue
import threading
from functools import partial

import pytest

from kiosk_app.window_worker import Worker


def test_jobs_run_in_order_in_one_other_thread() -> None:
    done: queue.Queue[tuple[int, str]] = queue.Queue()
    worker = Worker("chip")
    for number in range(3):
        worker.submit(partial(_tell, done, number))
    assert [done.get(timeout=5) for _ in range(3)] == [(n, "chip") for n in range(3)]


def test_a_failing_job_is_logged_by_its_kind_only(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()
    worker = Worker("chip")
    worker.submit(_fail)
    worker.submit(done.set)
    assert done.wait(5)
    assert "ValueError" in caplog.text
    assert "123456" not in caplog.text


def _tell(done: "queue.Queue[tuple[int, str]]", number: int) -> None:
    done.put((number, threading.current_thread().name))


def _fail() -> None:
    raise ValueError("123456 is a CAN")


def test_checks_do_not_pile_up_behind_a_slow_job() -> None:
    worker, done, go_on = Worker("test"), queue.SimpleQueue[str](), threading.Event()
    worker.submit(lambda: _wait(go_on))
    worker.submit(lambda: done.put("order"))
    for _ in range(100):
        worker.submit_when_idle(lambda: done.put("check"))
    go_on.set()
    assert done.get(timeout=5) == "order"
    worker.submit(lambda: done.put("last"))
    assert done.get(timeout=5) == "last"


def _wait(event: threading.Event) -> None:
    event.wait(5)
