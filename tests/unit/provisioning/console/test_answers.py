"""Answers find those who wait, whoever comes first."""

import threading

from provisioning.console.answers import Answers


def test_an_answer_that_came_first_waits() -> None:
    answers = Answers[str]()
    answers.answered(7, "taken")
    assert answers.await_answer(7, 0) == "taken"
    assert answers.await_answer(7, 0) is None


def test_an_answer_from_another_thread_wakes_the_one_it_is_for() -> None:
    answers = Answers[str]()
    threads = [
        threading.Thread(target=answers.answered, args=(message, f"answer {message}"))
        for message in (1, 2)
    ]
    for thread in threads:
        thread.start()
    assert answers.await_answer(2, 10) == "answer 2"
    for thread in threads:
        thread.join()


def test_a_late_answer_is_not_taken_for_that_of_the_next_message_of_its_number() -> None:
    answers = Answers[str]()
    assert answers.await_answer(3, 0) is None
    answers.answered(3, "late")
    assert answers.await_answer(3, 0) is None


def test_an_answer_that_nobody_waits_for_is_not_kept() -> None:
    answers = Answers[str]()
    answers.abandon(1)
    answers.answered(1, "late")
    answers.answered(2, "early")
    answers.abandon(2)
    assert answers.await_answer(1, 0) is None
    assert answers.await_answer(2, 0) is None
