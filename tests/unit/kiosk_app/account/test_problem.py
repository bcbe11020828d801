"""What a refusing answer says becomes a problem, however odd the answer is."""

import pytest

from kiosk_app.account.causes import AccountCause
from kiosk_app.account.problem import ProblemType, problem_from

PIN_WRONG = ProblemType.PIN_WRONG.uri


def test_a_wrong_pin_says_how_often_and_when_again() -> None:
    problem = problem_from({"type": PIN_WRONG, "tries_left": 3, "retry_after": 2.5}, 403)
    assert problem.cause is AccountCause.PIN_WRONG
    assert (problem.tries_left, problem.retry_after) == (3, 2.5)


@pytest.mark.parametrize("tries", [True, -1, 1001, "3", 2.0, None])
def test_tries_that_are_no_number_are_passed_over(tries: object) -> None:
    assert problem_from({"type": PIN_WRONG, "tries_left": tries}, 403).tries_left is None


@pytest.mark.parametrize("seconds", [True, -1, 86_401, "3", None, 10**400])
def test_seconds_that_are_no_number_are_passed_over(seconds: object) -> None:
    assert problem_from({"type": PIN_WRONG, "retry_after": seconds}, 403).retry_after is None


@pytest.mark.parametrize("raw", [None, [], "text", {"type": 7}, {}])
def test_an_answer_that_is_no_problem_goes_by_its_status(raw: object) -> None:
    assert problem_from(raw, 502).cause is AccountCause.UNREACHABLE
    assert problem_from(raw, 418).cause is AccountCause.BROKEN_ANSWER
