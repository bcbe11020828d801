"""An agenda that timed out again and again is given a rest, then tried by one question."""

from kiosk_app.gateway.breaker import FAILURES, REST, Breaker


def _timed_out(times: int) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker = breaker.timed_out(100.0)
    return breaker


def test_agenda_is_asked_until_it_timed_out_in_a_row() -> None:
    assert _timed_out(FAILURES - 1).ask(100.0)[1]
    assert not _timed_out(FAILURES).ask(100.0)[1]


def test_answer_makes_forgotten_what_was_before() -> None:
    assert _timed_out(FAILURES - 1).answered().timed_out(100.0).ask(100.0)[1]


def test_one_question_tries_it_after_the_rest() -> None:
    breaker, asked = _timed_out(FAILURES).ask(100.0 + REST)
    assert asked
    assert not breaker.ask(100.0 + REST)[1]
    assert breaker.answered().ask(100.0 + REST)[1]


def test_further_time_out_begins_the_next_rest() -> None:
    breaker, _ = _timed_out(FAILURES).ask(100.0 + REST)
    again = breaker.timed_out(101.0 + REST)
    assert not again.ask(100.0 + 2 * REST)[1]
    assert again.ask(101.0 + 2 * REST)[1]


def test_trial_that_was_never_answered_does_not_keep_it_shut_for_ever() -> None:
    breaker, _ = _timed_out(FAILURES).ask(100.0 + REST)
    assert breaker.ask(100.0 + 2 * REST)[1]
