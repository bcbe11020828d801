"""Principals, appointments, choices, messages and instalments refuse what cannot be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kiosk_app.account.codec import decode_account, encode_account
from kiosk_app.account.ico import is_ico
from kiosk_app.account.model import (
    Address,
    Appointment,
    Bookable,
    Channel,
    Choices,
    Clerk,
    Direction,
    FreeTime,
    Instalment,
    Payment,
    Principal,
    PrincipalKind,
    Receivable,
    ReceivableState,
    Scope,
    Submission,
    SubmissionKind,
    Topic,
)
from tests.unit.kiosk_app.account.accounts import OFFICE, account, case, receivable, text

ICO = "99900009"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
MYSELF = Principal("self", PrincipalKind.SELF, "JANA VZOROVÁ", text("vy"))
COMPANY = Principal("M-2", PrincipalKind.COMPANY, "VZOR s.r.o.", text("jednatelka"), ICO)
CHILD = Principal("M-1", PrincipalKind.FAMILY, "EMA VZOROVÁ", text("matka"))
VISIT = Appointment("A-1", text("Pas"), OFFICE, text("Radnice"), NOON, NOON + timedelta(minutes=20))


@pytest.mark.parametrize("ico", ["99900009", "99900017", "99900041", "99900050"])
def test_company_numbers_with_their_check_digit(ico: str) -> None:
    assert is_ico(ico)


@pytest.mark.parametrize("ico", ["", "99900008", "9990000", "999000090", "9990000X", "٩٩٩٠٠٠٠٩"])
def test_what_is_no_company_number(ico: str) -> None:
    assert not is_ico(ico)


@pytest.mark.parametrize(
    ("principal", "changes", "sentence"),
    [
        (MYSELF, {"id": "M-9"}, 'the id "self" belongs to the person themselves'),
        (CHILD, {"id": "self"}, 'the id "self" belongs to the person themselves'),
        (CHILD, {"ico": ICO}, "a company has a company number, and nobody else has"),
        (COMPANY, {"ico": None}, "a company has a company number, and nobody else has"),
        (COMPANY, {"ico": "99900008"}, "eight digits with a right check digit"),
    ],
)
def test_principal_that_cannot_be_is_refused(
    principal: Principal, changes: dict[str, str | None], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(principal, **changes)  # type: ignore[arg-type] # the test names real fields


def test_principal_does_not_show_its_name_where_it_could_be_logged() -> None:
    assert "EMA" not in repr(CHILD)


def test_account_belongs_to_one_of_its_principals() -> None:
    theirs = replace(account(), principals=(MYSELF, COMPANY), principal_id="M-2")
    assert theirs.principal_id == "M-2"
    with pytest.raises(ValueError, match="one of the principals"):
        replace(account(), principals=(MYSELF,), principal_id="M-2")
    with pytest.raises(ValueError, match="same id"):
        replace(account(), principals=(MYSELF, MYSELF))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (NOON, NOON),
        (NOON, NOON - timedelta(1)),
        (NOON.replace(tzinfo=None), NOON + timedelta(1)),
        (NOON, NOON.replace(tzinfo=None) + timedelta(1)),
    ],
)
def test_appointment_that_does_not_begin_before_it_ends_is_refused(
    starts: datetime, ends: datetime
) -> None:
    with pytest.raises(ValueError, match="begins before it ends"):
        replace(VISIT, starts=starts, ends=ends)
    with pytest.raises(ValueError, match="begins before it ends"):
        FreeTime("F-1", starts, ends)


def test_times_in_the_night_when_the_clocks_go_back_are_in_their_real_order() -> None:
    prague = ZoneInfo("Europe/Prague")
    first = datetime(2026, 10, 25, 2, 50, tzinfo=prague)
    second = datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=prague)  # twenty minutes later
    assert FreeTime("F-1", first, second).ends == second
    assert replace(VISIT, starts=first, ends=second).starts == first
    with pytest.raises(ValueError, match="begins before it ends"):
        FreeTime("F-1", second, first)


def test_channel_leads_to_one_address() -> None:
    address = Address(Channel.SMS, "+420 ••• ••• 123", confirmed=True)
    assert Choices((address,)).addresses == (address,)
    with pytest.raises(ValueError, match="leads to one address"):
        Choices((address, replace(address, confirmed=False)))


@pytest.mark.parametrize("changes", [{"read": False}, {"may_answer": True}])
def test_message_that_was_sent_is_read_and_takes_no_answer(changes: dict[str, bool]) -> None:
    sent = replace(account().messages[0], direction=Direction.SENT, read=True)
    with pytest.raises(ValueError, match="is read and takes no answer"):
        replace(sent, **changes)  # type: ignore[arg-type] # the test names real fields


def test_submission_was_received_at_a_known_time() -> None:
    assert Submission("VZOR/1", SubmissionKind.MESSAGE, NOON).received == NOON
    with pytest.raises(ValueError, match="is aware"):
        Submission("VZOR/1", SubmissionKind.MESSAGE, NOON.replace(tzinfo=None))


HALF = Decimal("425.00")
PAID_PART = Instalment(date(2026, 5, 31), HALF, date(2026, 5, 30))
OPEN_PART = Instalment(date(2026, 12, 31), HALF, None)


def _in_parts(*parts: Instalment, payments: tuple[Payment, ...] = ()) -> Receivable:
    owed = receivable(ReceivableState.OPEN)
    return replace(owed, due=date(2026, 12, 31), instalments=parts, payments=payments)


def test_next_instalment_is_what_is_to_be_paid_next() -> None:
    owed = _in_parts(PAID_PART, OPEN_PART, payments=(Payment(date(2026, 5, 30), HALF),))
    assert (owed.outstanding, owed.next_amount, owed.next_due) == (HALF, HALF, date(2026, 12, 31))


def test_whole_is_to_be_paid_where_there_are_no_instalments() -> None:
    owed = receivable()
    assert (owed.next_amount, owed.next_due) == (Decimal("850.00"), owed.due)


def test_no_more_is_to_be_paid_than_remains() -> None:
    most = (Payment(date(2026, 5, 30), Decimal("800.00")),)
    assert _in_parts(PAID_PART, OPEN_PART, payments=most).next_amount == Decimal("50.00")


def test_nothing_remains_of_what_is_paid() -> None:
    paid = receivable(ReceivableState.PAID)
    assert (paid.outstanding, paid.next_amount) == (Decimal("0.00"), Decimal("0.00"))
    assert replace(paid, payments=(Payment(date(2026, 5, 1), Decimal("900.00")),)).outstanding == 0


@pytest.mark.parametrize(
    ("parts", "payments", "sentence"),
    [
        ((PAID_PART,), (), "make up its amount"),
        ((OPEN_PART, PAID_PART), (), "the instalments of a receivable are in the order"),
        (
            (),
            (Payment(date(2026, 5, 2), HALF), Payment(date(2026, 5, 1), Decimal("1.00"))),
            "the payments of a receivable are in the order",
        ),
        ((), (Payment(date(2026, 5, 2), Decimal("850.00")),), "less than its amount"),
    ],
)
def test_parts_that_do_not_fit_the_whole_are_refused(
    parts: tuple[Instalment, ...], payments: tuple[Payment, ...], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        _in_parts(*parts, payments=payments)


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1", "1.000"])
def test_part_that_is_no_sum_of_czk_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="an instalment is positive CZK"):
        Instalment(date(2026, 5, 31), Decimal(amount), None)
    with pytest.raises(ValueError, match="a payment is positive CZK"):
        Payment(date(2026, 5, 31), Decimal(amount))


def test_account_with_everything_in_it_survives_json() -> None:
    whole = replace(
        account(),
        cases=(replace(case(), clerk=Clerk("VZOR", None, "x@vzor.example")),),
        receivables=(_in_parts(PAID_PART, OPEN_PART, payments=(Payment(NOON.date(), HALF),)),),
        principals=(MYSELF, CHILD, COMPANY),
        principal_id="M-1",
        appointments=(VISIT,),
        bookable=(Bookable("B-1", text("Pas"), OFFICE, text("Radnice")),),
        choices=Choices(
            (Address(Channel.EMAIL, "j•••@v•••.example", confirmed=False),),
            (Topic("T-1", text("Poplatky"), (Channel.EMAIL, Channel.SMS)),),
        ),
        locked=(Scope.DOCUMENTS, Scope.MANDATES),
    )
    assert decode_account(encode_account(whole)) == whole
