"""What is handed in is taken once, whole, with the next number: on SQLite and on PostgreSQL."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from kiosk_app.account.drafts import (
    AppointmentDraft,
    CodeRequest,
    Confirmation,
    DefectDraft,
    MessageDraft,
    Place,
    TopicChoices,
)
from kiosk_app.account.model import Channel, Direction, Submission
from kiosk_app.account.submissions import decode_code_sent
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.store import Store, StorePart, StoreProblem
from kiosk_app.gateway.submissions.desk import Author
from kiosk_app.gateway.submissions.dispatcher import tidy
from kiosk_app.gateway.submissions.messages import Theirs
from kiosk_app.gateway.submissions.registering import Writing
from tests.integration.submission_town import GENEROUS, JANA, KAREL, START, Town, at_once, outcome

DRAFT = MessageDraft("transport", "Lampa", "Nesvítí lampa.\nVZOR")
NUMBER = re.compile("OM-2026-[0-9]{6}")


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/store.db"
    else:
        url = request.getfixturevalue("postgres").database()
    city = Town(url, GENEROUS)
    yield city
    city.close()


def key(town: Town, who: Author = JANA, body: bytes = b"{}", uuid: str = "") -> Writing:
    return town.desk.writing(who, "POST /v1/x", uuid or str(uuid4()), body)


def send(
    town: Town, writing: Writing | None = None, draft: MessageDraft = DRAFT, who: Author = JANA
) -> Submission | str:
    writing = writing or key(town, who)
    return outcome(
        lambda: town.desk.send_message(
            who, writing, draft, Theirs(who.person, frozenset({"m-1"}), frozenset({"c-1"}))
        )
    )


def book(
    town: Town, time: str, who: Author = JANA, writing: Writing | None = None
) -> Submission | str:
    wish = AppointmentDraft("passports", time)
    return outcome(lambda: town.desk.book(who, writing or key(town, who), wish))


def code_in_outbox(town: Town) -> str:
    ((body,),) = town.rows("SELECT body FROM outbox WHERE kind = 'code' ORDER BY made DESC LIMIT 1")
    return str(body)[:6]


def test_message_is_registered_shown_and_on_its_way(town: Town) -> None:
    draft = MessageDraft("transport", "Lampa", "Nesvítí.", answers="m-1", case_id="c-1")
    submission = send(town, draft=draft)
    assert isinstance(submission, Submission)
    assert submission.number == "OM-2026-000001"
    assert submission.received.isoformat() == "2026-11-24T10:00:00+01:00"
    (message,) = town.desk.additions(JANA.person).messages
    assert message.direction is Direction.SENT
    assert (message.number, message.case_id) == ("OM-2026-000001", "c-1")
    assert message.department.cs == "Doprava VZOR"
    assert town.desk.additions(KAREL.person).messages == ()
    ((address, subject, body),) = town.rows("SELECT address, subject, body FROM outbox")
    assert address == "doprava@mesto.example"
    assert str(subject) == "OM-2026-000001 Lampa"
    assert "c-1" in str(body)
    assert town.posted == 1


def test_message_for_a_company_names_both_and_is_in_the_account_of_who_wrote_it(
    town: Town,
) -> None:
    draft = MessageDraft("transport", "Lampa", "Nesvítí.", case_id="c-7", principal_id="f-1")
    theirs = Theirs("company-7", cases=frozenset({"c-7"}))
    town.desk.send_message(JANA, key(town), draft, theirs)
    ((body,),) = town.rows("SELECT body FROM outbox")
    assert "company-7\nZastoupena osobou v evidenci: p-1\n" in str(body)
    assert "c-7" in str(body)
    (message,) = town.desk.additions(JANA.person).messages
    assert message.case_id is None
    assert town.desk.additions("company-7").messages == ()
    ((person, content),) = town.rows("SELECT person, content FROM submission")
    assert person == "p-1"
    assert "company-7" in str(content)


def test_message_to_an_office_without_mail_stays_in_the_store(town: Town) -> None:
    assert isinstance(send(town, draft=MessageDraft("silent", "a", "b")), Submission)
    assert town.rows("SELECT * FROM outbox") == []


def test_same_key_and_body_give_the_same_answer_after_a_restart_too(town: Town) -> None:
    writing = key(town)
    first = send(town, writing)
    town.now += timedelta(hours=5)
    town.reopen()
    assert send(town, writing) == first
    assert town.rows("SELECT COUNT(*) FROM sent_message") == [(1,)]
    assert town.rows("SELECT COUNT(*) FROM outbox") == [(1,)]


def test_same_key_with_another_body_is_refused(town: Town) -> None:
    send(town, key(town, uuid="k"))
    assert send(town, key(town, uuid="k", body=b"other")) == "key-reused"
    assert town.rows("SELECT COUNT(*) FROM submission") == [(1,)]


def test_same_key_at_once_is_one_write(town: Town) -> None:
    writing = key(town)
    answers = at_once(20, lambda _index: send(town, writing))
    assert len(set(answers)) == 1
    assert town.rows("SELECT COUNT(*) FROM submission") == [(1,)]


def test_answer_lost_after_the_commit_is_given_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = key(town)

    def cut() -> None:
        raise ConnectionResetError("the line was cut just after the commit")

    with monkeypatch.context() as patched:
        patched.setattr(Town, "_note", lambda _self: cut())
        town.reopen()
        with pytest.raises(ConnectionResetError):
            town.desk.send_message(JANA, writing, DRAFT, Theirs(JANA.person))
    town.reopen()
    submission = send(town, writing)
    assert isinstance(submission, Submission)
    assert submission.number == "OM-2026-000001"
    assert town.rows("SELECT COUNT(*) FROM submission") == [(1,)]


def test_key_is_forgotten_after_a_week_and_the_submission_is_not(town: Town) -> None:
    send(town)
    tidy(town.desk.store, START + timedelta(days=6))
    assert town.rows("SELECT COUNT(*) FROM submission_key") == [(1,)]
    tidy(town.desk.store, START + timedelta(days=8))
    assert town.rows("SELECT COUNT(*) FROM submission_key") == [(0,)]
    assert town.rows("SELECT COUNT(*) FROM submission") == [(1,)]


def test_numbers_have_no_gap_and_no_double_when_fifty_hand_in_at_once(town: Town) -> None:
    people = [Author("infobox-001", f"p-{index}") for index in range(50)]

    def hand_in(index: int) -> list[Submission | str]:
        # Every other one is refused in the middle: its number must not be lost.
        wrong = MessageDraft("transport", "a", "b", case_id="c-9")
        refused = send(town, draft=wrong, who=people[index])
        return [refused, send(town, who=people[index]), send(town, who=people[index])]

    found = [each for answers in at_once(50, hand_in) for each in answers]
    numbers = sorted(each.number for each in found if isinstance(each, Submission))
    assert numbers == [f"OM-2026-{index:06d}" for index in range(1, 101)]
    assert Counter(each for each in found if isinstance(each, str)) == {"not-found": 50}
    assert town.rows("SELECT last FROM submission_year") == [(100,)]


def test_each_year_of_the_city_has_its_own_numbers(town: Town) -> None:
    town.now = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
    old = send(town)
    town.now += timedelta(minutes=2)  # 2027 in the city, 2026 in Greenwich
    new = send(town)
    assert isinstance(old, Submission)
    assert isinstance(new, Submission)
    assert (old.number, new.number) == ("OM-2026-000001", "OM-2027-000001")


def test_nothing_is_left_of_a_write_that_fails_in_its_middle(town: Town) -> None:
    with town.desk.store.begin() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO outbox_gone"))
    writing = key(town)
    assert send(town, writing) == "unavailable"
    for table in ("submission", "submission_key", "submission_year", "sent_message", "rate_mark"):
        assert town.rows(f"SELECT COUNT(*) FROM {table}") == [(0,)]  # noqa: S608 - names of ours
    with town.desk.store.begin() as connection:
        connection.execute(text("ALTER TABLE outbox_gone RENAME TO outbox"))
    assert isinstance(send(town, writing), Submission)


@pytest.mark.parametrize(("faults", "found"), [(2, "OM-2026-000001"), (3, "unavailable")])
@pytest.mark.parametrize("state", ["40P01", "40001", "53100"])
def test_transaction_that_others_were_in_the_way_of_is_begun_again(
    request: pytest.FixtureRequest, state: str, faults: int, found: str
) -> None:
    city = Town(request.getfixturevalue("postgres").database(), GENEROUS)
    with city.desk.store.begin() as connection:
        connection.execute(text("CREATE SEQUENCE fault"))
        connection.exec_driver_sql(
            "CREATE FUNCTION fail() RETURNS trigger AS $$ BEGIN"
            f" IF nextval('fault') <= {faults} THEN"
            f" RAISE EXCEPTION USING ERRCODE = '{state}'; END IF; RETURN NEW; END $$"
            " LANGUAGE plpgsql"
        )
        connection.execute(
            text(
                "CREATE TRIGGER fail BEFORE INSERT ON submission"
                " FOR EACH ROW EXECUTE FUNCTION fail()"
            )
        )
    answer = send(city)
    is_full = state == "53100"  # a full disk does not pass by itself
    assert getattr(answer, "number", answer) == ("unavailable" if is_full else found)
    assert len(city.rows("SELECT * FROM sent_message")) == len(city.rows("SELECT * FROM outbox"))
    assert len(city.rows("SELECT * FROM submission")) == isinstance(answer, Submission)
    city.close()


def test_places_are_never_given_twice(town: Town) -> None:
    time = town.desk.free_times("passports")[0].id
    people = [Author("infobox-001", f"p-{index}") for index in range(50)]
    found = at_once(50, lambda index: book(town, time, people[index]))
    assert sum(isinstance(each, Submission) for each in found) == 3
    assert found.count("time-taken") == 47
    assert town.rows("SELECT taken FROM slot") == [(3,)]
    assert time not in {free.id for free in town.desk.free_times("passports")}


def test_one_person_is_not_at_two_places_at_once(town: Town) -> None:
    time = town.desk.free_times("passports")[0].id
    found = at_once(10, lambda _index: book(town, time))
    assert sum(isinstance(each, Submission) for each in found) == 1
    times = [free.id for free in town.desk.free_times("passports")[1:11]]
    found = at_once(10, lambda index: book(town, times[index]))
    assert sum(isinstance(each, Submission) for each in found) == 4
    assert found.count("too-many-attempts") == 6


def test_cancelled_place_is_free_again(town: Town) -> None:
    time = town.desk.free_times("passports")[0]
    book(town, time.id)
    (appointment,) = town.desk.additions(JANA.person).appointments
    assert appointment.starts == time.starts
    assert appointment.may_cancel
    writing = key(town)
    first = outcome(lambda: town.desk.cancel(JANA, writing, appointment.id))
    again = outcome(lambda: town.desk.cancel(JANA, writing, appointment.id))
    assert isinstance(first, Submission)
    assert first == again
    assert town.desk.additions(JANA.person).appointments == ()
    assert town.rows("SELECT taken FROM slot") == [(0,)]
    assert outcome(lambda: town.desk.cancel(JANA, key(town), appointment.id)) == "not-found"


def test_appointment_that_has_begun_is_not_cancelled(town: Town) -> None:
    time = town.desk.free_times("passports")[0]
    book(town, time.id)
    town.now = time.starts + timedelta(minutes=5)
    (appointment,) = town.desk.additions(JANA.person).appointments
    assert not appointment.may_cancel
    assert outcome(lambda: town.desk.cancel(JANA, key(town), appointment.id)) == "not-found"


def test_booking_is_told_by_the_chosen_channels(town: Town) -> None:
    confirm(town, "jana@example.cz")
    town.desk.choose_topics(JANA, key(town), TopicChoices({"appointments": (Channel.EMAIL,)}))
    book(town, town.desk.free_times("passports")[0].id)
    ((address, body),) = town.rows("SELECT address, body FROM outbox WHERE kind = 'news'")
    assert address == "jana@example.cz"
    assert "24.11.2026 11:00" in str(body)


def confirm(town: Town, address: str, channel: Channel = Channel.EMAIL) -> Submission | str:
    town.desk.send_code(JANA, key(town), CodeRequest(channel, address))
    typed = Confirmation(channel, code_in_outbox(town))
    writing = key(town)
    first = outcome(lambda: town.desk.confirm_address(JANA, writing, typed))
    assert first == outcome(lambda: town.desk.confirm_address(JANA, writing, typed))
    return first


def test_address_is_confirmed_by_its_code_and_shown_masked(town: Town) -> None:
    sent = decode_code_sent(
        town.desk.send_code(JANA, key(town), CodeRequest(Channel.EMAIL, "Jana@EXAMPLE.cz"))
    )
    assert sent.masked == "J•••@e•••.cz"
    assert sent.expires_at == START + timedelta(minutes=10)
    choices = town.desk.additions(JANA.person).choices
    assert choices is not None
    assert [address.confirmed for address in choices.addresses] == [False]
    code = code_in_outbox(town)
    stored = json.dumps(town.rows("SELECT code, address FROM address_code"))
    assert code not in stored
    confirmed = town.desk.confirm_address(JANA, key(town), Confirmation(Channel.EMAIL, code))
    assert b'"choices"' in confirmed
    choices = town.desk.additions(JANA.person).choices
    assert choices is not None
    assert [(each.masked, each.confirmed) for each in choices.addresses] == [("J•••@e•••.cz", True)]
    assert town.rows("SELECT COUNT(*) FROM address_code") == [(0,)]


def test_topics_are_kept_and_an_address_can_be_forgotten(town: Town) -> None:
    confirm(town, "+420601234567", Channel.SMS)
    town.desk.choose_topics(JANA, key(town), TopicChoices({"news": (Channel.SMS,)}))
    choices = town.desk.additions(JANA.person).choices
    assert choices is not None
    assert {topic.id: topic.channels for topic in choices.topics} == {
        "appointments": (),
        "news": (Channel.SMS,),
    }
    unknown = TopicChoices({"spam": ()})
    assert outcome(lambda: town.desk.choose_topics(JANA, key(town), unknown)) == "not-offered"
    town.desk.forget_address(JANA, key(town), Channel.SMS)
    choices = town.desk.additions(JANA.person).choices
    assert choices is not None
    assert choices.addresses == ()


def test_defect_report_needs_no_person(town: Town) -> None:
    draft = DefectDraft("lamp", "Nesvítí", Place(50.7671234567, 15.05), contact="601 234 567")
    stranger = Author("infobox-001", "")
    writing = key(town, stranger)
    first = outcome(lambda: town.desk.report_defect("infobox-001", writing, draft))
    assert isinstance(first, Submission)
    assert first == outcome(lambda: town.desk.report_defect("infobox-001", writing, draft))
    assert town.rows("SELECT latitude, longitude FROM defect") == [(50.767123, 15.05)]
    assert town.rows("SELECT person FROM submission") == [(None,)]
    for wrong in (
        DefectDraft("dragon", "x", Place(50.76, 15.05)),
        DefectDraft("lamp", "x", Place(48.2, 16.37)),
    ):
        refused = outcome(lambda: town.desk.report_defect("infobox-001", key(town), wrong))  # noqa: B023 - asked at once
        assert refused == "not-offered"


def test_what_a_person_hands_in_is_shown_up_to_a_limit(town: Town) -> None:
    for _ in range(60):
        town.now += timedelta(minutes=1)
        send(town, draft=MessageDraft("transport", "Dlouhé", "x" * 4000))
    messages = town.desk.additions(JANA.person).messages
    assert len(messages) == 25
    assert messages[0].number == "OM-2026-000060"


def test_store_of_a_newer_gateway_is_not_touched(town: Town) -> None:
    store = Store(town.url)
    store.prepare(StorePart("part", (("CREATE TABLE part_a (x INTEGER)",), ())))
    with pytest.raises(StoreProblem, match="newer"):
        store.prepare(StorePart("part", ()))
    store.close()


def test_migrations_run_once_when_many_gateways_start_together(town: Town) -> None:
    part = StorePart("part", (("CREATE TABLE part_b (x INTEGER)",),))

    def start(_index: int) -> None:
        store = Store(town.url)
        store.prepare(part)
        store.close()

    at_once(8, start)
    assert town.rows("SELECT version FROM store_version WHERE part = 'part'") == [(1,)]


@pytest.mark.parametrize("url", ["", "no url", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_url_of_no_store_is_refused(url: str) -> None:
    with pytest.raises(StoreProblem):
        Store(url)


def test_problem_of_the_store_says_no_value(town: Town) -> None:
    with pytest.raises(StoreProblem) as problem, town.desk.store.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:value)"), {"value": "secret"})
    assert "secret" not in str(problem.value)


def test_unreachable_store_is_a_refusal(tmp_path: Path) -> None:
    city = Town(f"sqlite:///{tmp_path}/store.db")
    (tmp_path / "store.db").unlink()
    (tmp_path / "store.db").mkdir()
    city.desk.store.close()
    with pytest.raises(Refusal, match="cannot answer"):
        city.desk.additions("p-1")
