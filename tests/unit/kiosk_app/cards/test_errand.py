"""Calls that come back, that raise, and that do not come back."""

import threading

import pytest

from kiosk_app.cards.errand import Errands, NotBack

PATIENCE = 10.0


def test_what_a_call_gives_and_raises_reaches_the_caller() -> None:
    errands = Errands("test")
    assert errands.run(lambda: 7, PATIENCE) == 7
    with pytest.raises(ZeroDivisionError):
        errands.run(lambda: 1 // 0, PATIENCE)
    done: list[str] = []
    errands.finish(lambda: done.append(threading.current_thread().name), PATIENCE)
    assert done == ["test"]


def test_a_call_that_does_not_come_back_is_left_and_its_end_still_done() -> None:
    errands = Errands("test")
    back, closed = threading.Event(), threading.Event()
    with pytest.raises(NotBack):
        errands.run(back.wait, 0.01)
    begun: list[int] = []
    with pytest.raises(NotBack):
        errands.run(lambda: begun.append(1), PATIENCE)
    with pytest.raises(NotBack):
        errands.finish(closed.set, PATIENCE)
    assert not closed.is_set()
    back.set()
    assert closed.wait(PATIENCE)
    assert begun == []
