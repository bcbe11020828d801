"""Jobs beside a server go on after a fault, and the same fault is said once."""

import threading

import pytest

from provisioning.publish import PublishError
from provisioning.publish.upkeep import kept_up


def test_a_job_that_fails_is_done_again_and_keeps_no_other_from_its_turn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    faults = iter([PublishError("no key"), PublishError("no key"), OSError("full"), None])
    done, turns = threading.Event(), []

    def failing() -> None:
        if fault := next(faults, None):
            raise fault

    def other() -> None:
        turns.append(1)
        if len(turns) >= 5:
            done.set()

    with kept_up((failing, other), every_s=0.001):
        assert done.wait(10)
    assert [record.message for record in caplog.records] == ["no key", "full"]


def test_it_ends_with_its_block() -> None:
    before = threading.active_count()
    with kept_up((), every_s=1e6):
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
