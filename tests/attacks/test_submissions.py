"""Attacks on what is handed in: somebody else's things, guessed codes, floods, races, headers."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.connection import GatewayConnection
from kiosk_app.account.drafts import (
    MAX_DEFECT,
    AppointmentDraft,
    CodeRequest,
    Confirmation,
    DefectDraft,
    MessageDraft,
    Place,
)
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Channel, Submission
from kiosk_app.account.submission_client import SubmissionClient, new_key
from kiosk_app.gateway.submissions.desk import Author
from kiosk_app.gateway.submissions.messages import Theirs
from kiosk_app.gateway.submissions.registering import Writing
from tests.fakes.city_ca import Identity
from tests.fakes.running_gateway import JANA as JANAS_CARD
from tests.fakes.running_gateway import KAREL as KARELS_CARD
from tests.fakes.running_gateway import RunningGateway, log_in, running_gateway
from tests.integration.submission_town import JANA, KAREL, SETTINGS, Town, at_once, outcome
from tests.integration.test_submission_routes import PIN, SERVICES

DRAFT = MessageDraft("transport", "Lampa", "Nesvítí.")


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    url = f"sqlite:///{tmp_path}/store.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").database()
    city = Town(url)
    yield city
    city.close()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    folder = tmp_path_factory.mktemp("city")
    (folder / "appointments.yaml").write_text(SERVICES, "utf-8")
    delivery = replace(SETTINGS.delivery, folder=folder / "outbox")
    settings = replace(SETTINGS, services=folder / "appointments.yaml", delivery=delivery)
    with running_gateway(folder, submissions=settings) as running:
        running.choose_pin(PIN)
        running.choose_pin(PIN, KARELS_CARD)
        yield running


@dataclass(frozen=True)
class Kiosk:
    """One kiosk, and somebody signed in there."""

    gateway: RunningGateway
    identity: Identity
    token: AccountToken
    line: GatewayConnection
    writing: SubmissionClient


@contextmanager
def kiosk(gateway: RunningGateway, card: str, device: str = "infobox-001") -> Iterator[Kiosk]:
    own = gateway.ca.device(device)
    with closing(gateway.client(own)) as client:
        token = log_in(client, card, PIN)
    ca = gateway.ca.certificate
    with closing(GatewayConnection(gateway.url, ca, own.certificate, own.key)) as line:
        yield Kiosk(gateway, own, token, line, SubmissionClient(line))


def key(town: Town, who: Author = JANA, uuid: str = "") -> Writing:
    return town.desk.writing(who, "route", uuid or new_key(), b"")


def test_somebody_elses_case_and_message_are_not_answered(gateway: RunningGateway) -> None:
    with kiosk(gateway, JANAS_CARD) as jana, closing(gateway.client(jana.identity)) as client:
        account = client.account(jana.token)
    case = account.cases[0].id
    read_only = next(each.id for each in account.messages if not each.may_answer)
    with kiosk(gateway, KARELS_CARD) as karel:
        for draft in (
            replace(DRAFT, case_id=case),
            replace(DRAFT, case_id="building:' OR '1'='1"),
            replace(DRAFT, answers=account.messages[0].id),
        ):
            with pytest.raises(AccountProblem, match="404"):
                karel.writing.send_message(karel.token, draft)
    with kiosk(gateway, JANAS_CARD) as jana:
        assert jana.writing.send_message(jana.token, replace(DRAFT, case_id=case)).number
        with pytest.raises(AccountProblem, match="404"):
            jana.writing.send_message(jana.token, replace(DRAFT, answers=read_only))


def test_message_in_the_name_of_somebody_elses_company_is_refused(
    gateway: RunningGateway,
) -> None:
    with kiosk(gateway, JANAS_CARD) as jana, closing(gateway.client(jana.identity)) as client:
        company = next(each for each in client.account(jana.token).principals if each.ico)
        cases = client.account(jana.token, company.id).cases
        used = new_key()
        draft = replace(DRAFT, principal_id=company.id)
        taken = jana.writing.send_message(jana.token, draft, used)
        own = client.account(jana.token).cases[0].id
        with pytest.raises(AccountProblem, match="404"):  # a person's case is not the company's
            jana.writing.send_message(jana.token, replace(draft, case_id=own))
        for case in cases[:1]:
            assert jana.writing.send_message(jana.token, replace(draft, case_id=case.id)).number
            with pytest.raises(AccountProblem, match="404"):  # nor the company's the person's
                jana.writing.send_message(jana.token, replace(DRAFT, case_id=case.id))
    with kiosk(gateway, KARELS_CARD) as karel:
        for name in (company.id, company.ico or "", "nobody", "' OR '1'='1"):
            with pytest.raises(AccountProblem) as refused:
                karel.writing.send_message(karel.token, replace(DRAFT, principal_id=name), used)
            assert refused.value.cause is AccountCause.NOT_ENTITLED
    audit = (gateway.config.state / "audit.jsonl").read_text("utf-8").splitlines()[-1]
    assert "writing-refused" in audit
    assert "not-entitled" in audit
    with gateway.desk.store.reading() as connection:
        rows = connection.execute(text("SELECT number FROM submission WHERE content LIKE '%for%'"))
        assert taken.number in {row.number for row in rows}


def test_somebody_elses_appointment_is_not_cancelled(gateway: RunningGateway) -> None:
    with kiosk(gateway, JANAS_CARD) as jana, closing(gateway.client(jana.identity)) as client:
        time = jana.writing.free_times(jana.token, "passports")[0]
        jana.writing.book(jana.token, AppointmentDraft("passports", time.id))
        booked = client.account(jana.token).appointments
        mine = next(each for each in booked if each.starts == time.starts)
        with kiosk(gateway, KARELS_CARD) as karel, pytest.raises(AccountProblem, match="404"):
            karel.writing.cancel(karel.token, mine.id)
        assert mine in client.account(jana.token).appointments


def test_somebody_elses_document_is_not_handed_out(gateway: RunningGateway) -> None:
    with kiosk(gateway, JANAS_CARD) as jana, closing(gateway.client(jana.identity)) as client:
        account = client.account(jana.token)
        document = next(each.id for each in account.documents if each.has_file)
        company = next(each.id for each in account.principals if each.ico)
    with kiosk(gateway, KARELS_CARD) as karel:
        for wanted in (
            *(document, document.upper(), "nowhere:1", "register:999009812", ":", "building:"),
            *("building:%", "building:' OR ''='", "../../etc/passwd", "building:\x00"),
        ):
            with pytest.raises(AccountProblem):
                karel.writing.document(karel.token, wanted)
        with pytest.raises(AccountProblem) as refused:
            karel.writing.document(karel.token, document, company)
        assert refused.value.cause is AccountCause.NOT_ENTITLED
    with kiosk(gateway, JANAS_CARD) as jana:
        assert jana.writing.document(jana.token, document)


def test_document_is_shut_to_a_chip_without_its_pin_where_the_table_says_so(
    gateway: RunningGateway,
) -> None:
    own = gateway.ca.device("infobox-001")
    with closing(gateway.client(own)) as client:
        token = log_in(client, JANAS_CARD)
    ca = gateway.ca.certificate
    line = GatewayConnection(gateway.url, ca, own.certificate, own.key)
    with closing(line), pytest.raises(AccountProblem) as refused:
        SubmissionClient(line).document(token, "building:ROZ-9000051")
    assert refused.value.cause is AccountCause.NOT_ENTITLED


def test_each_document_handed_out_is_in_the_audit(gateway: RunningGateway) -> None:
    audit = gateway.config.state / "audit.jsonl"
    with kiosk(gateway, JANAS_CARD) as jana:
        jana.writing.document(jana.token, "building:ROZ-9000051")
    last = audit.read_text("utf-8").splitlines()[-1]
    assert "document-shown" in last
    assert "ROZ-9000051" not in last


def test_request_replayed_at_another_kiosk_writes_nothing(gateway: RunningGateway) -> None:
    stolen = new_key()
    with kiosk(gateway, JANAS_CARD) as jana:
        first = jana.writing.send_message(jana.token, DRAFT, stolen)
        with kiosk(gateway, KARELS_CARD, "infobox-002") as other:
            with pytest.raises(AccountProblem) as refused:
                other.writing.send_message(jana.token, DRAFT, stolen)
            assert refused.value.cause is AccountCause.SESSION_ENDED
            # The same key in somebody else's hands is another key.
            assert other.writing.send_message(other.token, DRAFT, stolen) != first
        assert jana.writing.send_message(jana.token, DRAFT, stolen) == first


def test_huge_bodies_are_refused(gateway: RunningGateway) -> None:
    with kiosk(gateway, JANAS_CARD) as jana:
        for path, size in (("/v1/messages", 1 << 17), ("/v1/defects", MAX_DEFECT + 1)):
            body = json.dumps({"text": "x" * size}).encode()
            with pytest.raises(AccountProblem) as refused:
                jana.line.ask("POST", path, body, jana.token, {"Idempotency-Key": new_key()})
            assert refused.value.cause is not AccountCause.SESSION_ENDED
    with kiosk(gateway, JANAS_CARD) as jana:
        assert jana.writing.send_message(jana.token, DRAFT).number


@pytest.mark.parametrize(
    "address",
    [
        "victim@example.cz\r\nBcc: everybody@example.cz",
        "victim@example.cz\nSubject: x",
        "victim@example.cz\u2028RCPT TO:<x@example.cz>",
        "victim@exam\u0440le.cz",
        "victim@example.cz\u202emoc.live",
        "victim@example.cz, other@example.cz",
        '"a b"@example.cz',
        "victim@[127.0.0.1]",
        "-oQ/tmp@example.cz -X/tmp/x",
    ],
)
def test_address_with_a_trick_gets_no_code(gateway: RunningGateway, address: str) -> None:
    with kiosk(gateway, JANAS_CARD) as jana, pytest.raises(AccountProblem) as refused:
        jana.writing.send_code(jana.token, CodeRequest(Channel.EMAIL, address))
    assert refused.value.cause in {AccountCause.ADDRESS_REFUSED, AccountCause.BROKEN_ANSWER}


def code_of(town: Town) -> str:
    rows = town.rows("SELECT body FROM outbox WHERE kind = 'code' ORDER BY made DESC LIMIT 1")
    return str(rows[0][0])[:6]


def test_code_is_not_guessed_even_by_many_at_once(town: Town) -> None:
    town.desk.send_code(JANA, key(town), CodeRequest(Channel.EMAIL, "jana@example.cz"))
    right = code_of(town)
    guesses = [f"{number:06d}" for number in range(60) if f"{number:06d}" != right][:50]

    def guess(index: int) -> Submission | str:
        typed = Confirmation(Channel.EMAIL, guesses[index])
        return outcome(lambda: town.desk.confirm_address(JANA, key(town), typed))

    found = Counter(map(str, at_once(50, guess)))
    assert found == {"code-wrong": 5, "code-expired": 45}
    # The right one comes too late.
    typed = Confirmation(Channel.EMAIL, right)
    late = outcome(lambda: town.desk.confirm_address(JANA, key(town), typed))
    assert late == "code-expired"
    choices = town.desk.additions(JANA.person).choices
    assert choices is not None
    assert choices.addresses == ()


def test_code_of_one_person_or_channel_opens_no_other(town: Town) -> None:
    town.desk.send_code(JANA, key(town), CodeRequest(Channel.EMAIL, "jana@example.cz"))
    code = code_of(town)
    for who, channel in ((KAREL, Channel.EMAIL), (JANA, Channel.SMS)):
        typed = Confirmation(channel, code)
        refused = outcome(lambda: town.desk.confirm_address(who, key(town, who), typed))  # noqa: B023 - asked at once
        assert refused == "code-expired"


def test_nobody_is_flooded_with_codes_by_one_person_or_by_many(town: Town) -> None:
    def ask(index: int, address: str, person: str) -> str:
        who = Author("infobox-001", person)
        wish = CodeRequest(Channel.SMS, address)
        try:
            town.desk.send_code(who, town.desk.writing(who, "r", f"{index}", b""), wish)
        except Exception as refusal:  # noqa: BLE001 - whatever it is, it is counted
            return getattr(getattr(refusal, "problem", None), "short_name", repr(refusal))
        return "sent"

    by_many = at_once(20, lambda index: ask(index, "+420 601 234 567", f"q-{index}"))
    assert Counter(by_many) == {"sent": 3, "too-many-attempts": 17}
    by_one = at_once(20, lambda index: ask(100 + index, f"6012345{index:02d}", "q-one"))
    assert Counter(by_one) == {"sent": 5, "too-many-attempts": 15}
    town.reopen()
    assert ask(999, "601234567", "q-new") == "too-many-attempts"
    assert town.rows("SELECT COUNT(*) FROM outbox WHERE kind = 'code'") == [(8,)]


def test_kiosk_that_floods_reports_is_stopped_and_the_others_are_not(town: Town) -> None:
    draft = DefectDraft("lamp", "x", Place(50.76, 15.05))
    lock = threading.Lock()

    def report(index: int, device: str = "infobox-001") -> str:
        stranger = Author(device, "")
        with lock:
            writing = town.desk.writing(stranger, "r", str(index), b"")
        found = outcome(lambda: town.desk.report_defect(device, writing, draft))
        return found if isinstance(found, str) else "taken"

    assert Counter(at_once(30, report)) == {"taken": 20, "too-many-attempts": 10}
    assert report(100, "infobox-002") == "taken"


def test_clock_that_was_years_ahead_shuts_nobody_out_and_a_step_back_forgives_nothing(
    town: Town,
) -> None:
    right = town.now

    def send() -> str:
        theirs = Theirs(JANA.person)
        found = outcome(lambda: town.desk.send_message(JANA, key(town), DRAFT, theirs))
        return found if isinstance(found, str) else found.number

    town.now = right + timedelta(days=3650)
    ahead = [send() for _ in range(11)]
    town.now = right
    back = [send() for _ in range(11)]
    assert (ahead[-1], back[-1]) == ("too-many-attempts",) * 2
    assert back[0] == "OM-2026-000001"
    assert back[9] == "OM-2026-000010"
    town.now = right - timedelta(minutes=10)
    assert send() == "too-many-attempts"


def test_one_person_cannot_book_everything(town: Town) -> None:
    times = [free.id for free in town.desk.free_times("passports")]

    def book(index: int) -> str:
        wish = AppointmentDraft("passports", times[index])
        found = outcome(lambda: town.desk.book(JANA, key(town), wish))
        return found if isinstance(found, str) else "booked"

    assert Counter(at_once(20, book)) == {"booked": 5, "too-many-attempts": 15}


@pytest.mark.parametrize("time", ["", "x", "20261124T0901Z", "20200101T0800Z", "99991231T2359Z"])
def test_time_that_is_not_offered_is_not_booked(town: Town, time: str) -> None:
    wish = AppointmentDraft("passports", time)
    assert outcome(lambda: town.desk.book(JANA, key(town), wish)) == "not-offered"


@pytest.mark.parametrize("field", ["department", "subject", "text", "answers", "case_id"])
def test_sql_in_a_field_is_a_text(town: Town, field: str) -> None:
    trick = "'); DROP TABLE submission; --"
    draft = replace(DRAFT, **{field: trick})
    outcome(lambda: town.desk.send_message(JANA, key(town), draft, Theirs(JANA.person)))
    assert town.rows("SELECT COUNT(*) FROM submission") in ([(0,)], [(1,)])
    for message in town.desk.additions(JANA.person).messages:
        assert trick in {message.subject.cs, message.body.cs}
