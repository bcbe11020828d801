"""What stands on each receipt, and how it is set into columns."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.account.model import (
    Account,
    Instalment,
    LocalizedText,
    Payment,
    PersonSummary,
    Principal,
    PrincipalKind,
    Receivable,
    ReceivableState,
    Scope,
)
from kiosk_app.receipt.elements import (
    Feed,
    Paragraph,
    QrCode,
    Receipt,
    ReceiptNumber,
    Row,
    Rule,
    Size,
    Style,
)
from kiosk_app.receipt.layout import (
    Letterhead,
    date_text,
    money_text,
    overview_receipt,
    payment_receipt,
    time_text,
)
from kiosk_app.receipt.qr_platba import PaymentRefused
from kiosk_app.receipt.sample import SAMPLE_LETTERHEAD, SAMPLES
from kiosk_app.receipt.typeset import Paper, QrBlock, TextLine, typeset

NUMBER = ReceiptNumber("infobox-001/000001")
MOMENT = datetime(2026, 3, 2, 9, 41, tzinfo=UTC)
WIDE = Paper(48, 64, 576)
NARROW = Paper(42, 56, 512)
TINY = Paper(32, 32, 384)
RECEIVABLE = Receivable(
    id="1",
    title=LocalizedText("Poplatek za psa", "Dog fee"),
    department=LocalizedText("Odbor ekonomiky", "Finance"),
    amount=Decimal("1234567.50"),
    due=date(2026, 3, 31),
    variable_symbol="9990098120",
    iban="CZ6508000000192000145399",
    message="VZOR",
    state=ReceivableState.OPEN,
    paid_on=None,
)


def text_of(receipt: Receipt, paper: Paper = WIDE) -> str:
    blocks = typeset(receipt, paper)
    return "\n".join(block.text for block in blocks if isinstance(block, TextLine))


def payment(receivable: Receivable, letterhead: Letterhead = SAMPLE_LETTERHEAD) -> Receipt:
    return payment_receipt(receivable, "Jana VZOROVÁ", MOMENT, NUMBER, letterhead)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
@pytest.mark.parametrize("paper", [WIDE, NARROW, TINY])
def test_every_kind_fits_every_paper(kind: str, paper: Paper) -> None:
    for block in typeset(SAMPLES[kind](NUMBER), paper):
        if isinstance(block, TextLine):
            assert len(block.text) <= paper.width(block.style.size)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_every_kind_names_city_number_and_sample(kind: str) -> None:
    text = text_of(SAMPLES[kind](NUMBER))
    assert "LIBEREC" in text
    assert NUMBER in text
    assert "VZOR - SAMPLE" in text


def test_a_payment_in_parts_asks_for_the_next_part() -> None:
    parts = tuple(
        Instalment(day, Decimal("617283.75"), paid)
        for day, paid in ((date(2026, 3, 31), date(2026, 3, 1)), (date(2026, 9, 30), None))
    )
    paid = (Payment(date(2026, 3, 1), Decimal("617283.75")),)
    receipt = payment(replace(RECEIVABLE, instalments=parts, payments=paid))
    values = {row.value for row in receipt.elements if isinstance(row, Row)}
    assert money_text(Decimal("617283.75")) in values
    assert date_text(date(2026, 9, 30)) in values
    (code,) = (element for element in receipt.elements if isinstance(element, QrCode))
    assert "AM:617283.75" in code.content


def test_an_overview_says_that_locked_parts_are_not_in_it() -> None:
    person = PersonSummary("Jana VZOROVÁ", is_sample=True)
    account = Account(person=person, as_of=MOMENT, locked=(Scope.PAYMENTS, Scope.CASES))
    text = text_of(overview_receipt(account, MOMENT, NUMBER, SAMPLE_LETTERHEAD))
    assert "Zamčené části" in text
    assert "Celkem" not in text
    known = replace(account, locked=(Scope.CHOICES,))
    text = text_of(overview_receipt(known, MOMENT, NUMBER, SAMPLE_LETTERHEAD))
    assert "Zamčené části" not in text
    assert "Celkem" in text


def test_an_overview_names_the_company_it_is_of() -> None:
    company = Principal(
        "c", PrincipalKind.COMPANY, "VZOR Zahrady s.r.o.", LocalizedText("", ""), "27074358"
    )
    person = PersonSummary("Jana VZOROVÁ", is_sample=True)
    own = Account(person=person, as_of=MOMENT, principals=(company,))
    text = text_of(overview_receipt(own, MOMENT, NUMBER, SAMPLE_LETTERHEAD))
    assert "VZOR Zahrady" not in text
    theirs = replace(own, principal_id="c")
    text = text_of(overview_receipt(theirs, MOMENT, NUMBER, SAMPLE_LETTERHEAD))
    assert "Jana VZOROVÁ" in text
    assert "VZOR Zahrady s.r.o." in text
    assert "27074358" in text


def test_payment_carries_amount_symbol_account_and_qr() -> None:
    receipt = payment(RECEIVABLE)
    text = text_of(receipt)
    for part in ("1 234 567,50 Kč", "9990098120", "19-2000145399/0800", "31. 3. 2026", "VZOROVÁ"):
        assert part in text
    codes = [block.content for block in typeset(receipt, WIDE) if isinstance(block, QrBlock)]
    (code,) = codes
    assert code == (
        "SPD*1.0*ACC:CZ6508000000192000145399*AM:1234567.50*CC:CZK*DT:20260331*MSG:VZOR"
        "*X-VS:9990098120"
    )


def test_paid_receivable_says_when_and_has_no_qr() -> None:
    paid = replace(RECEIVABLE, state=ReceivableState.PAID, paid_on=date(2026, 2, 1))
    receipt = payment(paid)
    assert "1. 2. 2026" in text_of(receipt)
    assert not any(isinstance(element, QrCode) for element in receipt.elements)


def test_account_abroad_has_only_an_iban() -> None:
    text = text_of(payment(replace(RECEIVABLE, iban="DE89370400440532013000")))
    assert "DE89 3704 0044 0532 0130 00" in text
    assert "Účet / Account" not in text


def test_unpayable_receivable_is_refused() -> None:
    with pytest.raises(PaymentRefused, match="AM"):
        payment(replace(RECEIVABLE, amount=Decimal("10000000.00")))


def test_receipt_of_the_real_city_bears_no_sample_mark() -> None:
    assert "VZOR -" not in text_of(payment(RECEIVABLE, replace(SAMPLE_LETTERHEAD, sample=False)))


def test_overview_says_what_is_late_and_which_agenda_is_silent() -> None:
    account = Account(
        person=PersonSummary("Jana VZOROVÁ", is_sample=True),
        as_of=MOMENT,
        receivables=(
            replace(RECEIVABLE, state=ReceivableState.OVERDUE),
            replace(RECEIVABLE, id="2", state=ReceivableState.PAID, paid_on=date(2026, 1, 1)),
        ),
        missing_agendas=(LocalizedText("Knihovna", "Library"),),
    )
    text = text_of(overview_receipt(account, MOMENT, NUMBER, SAMPLE_LETTERHEAD))
    assert "PO SPLATNOSTI" in text
    assert "údaje chybějí: Knihovna" in text
    assert text.count("9990098120") == 1


def test_overview_of_an_empty_account_owes_nothing() -> None:
    account = Account(person=PersonSummary("Jana VZOROVÁ", is_sample=True), as_of=MOMENT)
    text = text_of(overview_receipt(account, MOMENT, NUMBER, SAMPLE_LETTERHEAD))
    assert "0,00 Kč" in text
    assert "Řízení" not in text


def test_a_receipt_has_a_number() -> None:
    with pytest.raises(ValueError, match="number"):
        Receipt(ReceiptNumber(""), ())


@pytest.mark.parametrize("widths", [(12, 16), (48, 40)])
def test_impossible_paper_is_refused(widths: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="paper"):
        Paper(widths[0], widths[1], 576)


def test_czech_forms_of_money_date_and_time() -> None:
    assert money_text(Decimal("1234.50")) == "1\u00a0234,50\u00a0Kč"
    assert date_text(date(2026, 3, 5)) == "5.\u00a03.\u00a02026"
    assert time_text(MOMENT) == "2.\u00a03.\u00a02026\u00a009:41"


def lines(element: Paragraph | Row | Rule | Feed) -> list[str]:
    blocks = typeset(Receipt(NUMBER, (element,)), Paper(20, 30, 240))
    return [block.text for block in blocks if isinstance(block, TextLine)]


def test_row_value_is_flush_right_on_the_labels_last_line() -> None:
    assert lines(Row("Poplatek za psa v bytě", "600,00 Kč")) == [
        "Poplatek",
        "za psa v",
        "bytě       600,00 Kč",
    ]


def test_row_value_without_room_beside_stands_below() -> None:
    assert lines(Row("IBAN", "CZ65 0800 0000")) == ["IBAN", "      CZ65 0800 0000"]


def test_hard_spaces_hold_an_amount_together_and_are_printed_as_spaces() -> None:
    assert lines(Paragraph("zaplatit celkem 1\u00a0234,50\u00a0Kč")) == [
        "zaplatit celkem",
        "1 234,50 Kč",
    ]


def test_rules_and_empty_lines() -> None:
    assert lines(Rule()) == ["─" * 20]
    assert lines(Rule(double=True)) == ["═" * 20]
    assert lines(Feed(2)) == ["", ""]


@given(
    st.text(max_size=80),
    st.text(max_size=60),
    st.sampled_from(list(Size)),
    st.sampled_from([WIDE, NARROW, TINY]),
)
def test_no_text_runs_off_the_paper(label: str, value: str, size: Size, paper: Paper) -> None:
    for block in typeset(Receipt(NUMBER, (Row(label, value, Style(size)),)), paper):
        assert isinstance(block, TextLine)
        assert len(block.text) <= paper.width(size)
