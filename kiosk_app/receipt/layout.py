"""What stands on each kind of receipt, Czech with English beside; it knows no paper or printer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from kiosk_app.account.model import (
    Account,
    Case,
    LocalizedText,
    Receivable,
    ReceivableState,
    Scope,
)
from kiosk_app.receipt.elements import (
    Align,
    Element,
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
from kiosk_app.receipt.qr_platba import (
    Payment,
    check_iban,
    czech_account_from_iban,
    iban_in_groups,
    spayd,
)

_CENTER: Final = Style(align=Align.CENTER)
_SMALL: Final = Style(Size.SMALL)
_SMALL_CENTER: Final = Style(Size.SMALL, align=Align.CENTER)
_BOLD: Final = Style(bold=True)
_BOLD_CENTER: Final = Style(bold=True, align=Align.CENTER)
_TITLE: Final = Style(Size.DOUBLE, bold=True, align=Align.CENTER)
_SUM: Final = Style(Size.DOUBLE, bold=True)


@dataclass(frozen=True)
class Letterhead:
    """Whose receipt it is.

    Attributes:
        above: The line over the city's name, e.g. `Statutární město`.
        city: Its name, printed large.
        address: Office and address.
        sample: True marks every receipt as a sample.
    """

    above: str
    city: str
    address: str
    sample: bool


_PRINTED_SCOPES = (Scope.OVERVIEW, Scope.PAYMENTS, Scope.CASES)
"""What an overview on paper tells, if it is open."""


def payment_receipt(
    receivable: Receivable,
    person_label: str,
    printed_at: datetime,
    number: ReceiptNumber,
    letterhead: Letterhead,
) -> Receipt:
    """How to pay one receivable, with its QR Platba; a paid one says when it was paid.

    Raises:
        PaymentRefused: The receivable's account or symbol cannot be paid to.
    """
    return Receipt(
        number,
        (
            *_head(letterhead, LocalizedText("Podklad k platbě", "Payment slip")),
            Paragraph(receivable.title.cs, _BOLD),
            Paragraph(receivable.title.en, _SMALL),
            Feed(),
            Row("Částka", money_text(_to_pay(receivable)), _SUM),
            Feed(),
            *_how_to_pay(receivable),
            Rule(),
            Row("Plátce / Payer", person_label),
            *_foot(printed_at, number, letterhead),
        ),
    )


def overview_receipt(
    account: Account, printed_at: datetime, number: ReceiptNumber, letterhead: Letterhead
) -> Receipt:
    """What a person has open with the city hall: to pay, to do, under way."""
    return Receipt(
        number,
        (
            *_head(letterhead, LocalizedText("Přehled účtu", "Account overview")),
            Row("Jméno / Name", account.person.display_name, _BOLD),
            *_acting_for(account),
            Row("Stav ke dni / As of", time_text(account.as_of)),
            *_missing(account),
            *_shut(account),
            *_receivables(account),
            *_todos(account),
            *_cases(account),
            Rule(),
            Paragraph("Lístek obsahuje osobní údaje. Nenechávejte jej zde.", _SMALL_CENTER),
            Paragraph("Contains personal data. Do not leave it here.", _SMALL_CENTER),
            *_foot(printed_at, number, letterhead),
        ),
    )


def confirmation_receipt(
    title: LocalizedText,
    reference_number: str,
    person_label: str,
    printed_at: datetime,
    number: ReceiptNumber,
    letterhead: Letterhead,
) -> Receipt:
    """That the office took over a submission, under which number and when."""
    return Receipt(
        number,
        (
            *_head(letterhead, LocalizedText("Potvrzení", "Confirmation")),
            Paragraph(title.cs, _BOLD),
            Paragraph(title.en, _SMALL),
            Feed(),
            Row("Číslo jednací / Ref. no.", reference_number, _BOLD),
            Row("Podal(a) / Submitted by", person_label),
            Row("Přijato / Received", time_text(printed_at)),
            Feed(),
            Paragraph("Uschovejte si toto potvrzení. O vyřízení vás budeme informovat."),
            Paragraph("Keep this slip. We will let you know about the outcome.", _SMALL),
            *_foot(printed_at, number, letterhead),
        ),
    )


def money_text(amount: Decimal) -> str:
    """Czech form of an amount, `1 234,50 Kč`, with hard spaces."""
    return f"{amount:,.2f} Kč".replace(",", " ").replace(".", ",").replace(" ", "\u00a0")


def date_text(day: date) -> str:
    """Czech form of a date, `5. 3. 2026`, with hard spaces."""
    return f"{day.day}.\u00a0{day.month}.\u00a0{day.year}"


def time_text(moment: datetime) -> str:
    """Date and 24-hour time as given: the caller chose the zone."""
    return f"{date_text(moment)}\u00a0{moment:%H:%M}"


def _head(letterhead: Letterhead, title: LocalizedText) -> Iterator[Element]:
    yield Paragraph(letterhead.above, _CENTER)
    yield Paragraph(letterhead.city.upper(), _TITLE)
    yield Paragraph(letterhead.address, _SMALL_CENTER)
    yield Rule(double=True)
    yield Paragraph(title.cs.upper(), _BOLD_CENTER)
    yield Paragraph(title.en, _SMALL_CENTER)
    yield Feed()


def _foot(printed_at: datetime, number: ReceiptNumber, letterhead: Letterhead) -> Iterator[Element]:
    yield Rule()
    yield Row("Vytištěno / Printed", time_text(printed_at), _SMALL)
    yield Row("Lístek č. / Slip no.", number, _SMALL)
    if letterhead.sample:
        yield Feed()
        yield Paragraph("VZOR - SAMPLE", _BOLD_CENTER)
        yield Paragraph("Smyšlené údaje, neplatný doklad / invented data, not valid", _SMALL_CENTER)


def _to_pay(receivable: Receivable) -> Decimal:
    """What this slip is about: all of a paid one, else what is due next."""
    return receivable.amount if receivable.paid else receivable.next_amount


def _how_to_pay(receivable: Receivable) -> Iterator[Element]:
    if receivable.paid_on is not None:
        yield Row("Zaplaceno / Paid on", date_text(receivable.paid_on), _BOLD)
        return
    payment = _payment(receivable)
    yield Row("Splatnost / Due", date_text(receivable.next_due), _BOLD)
    yield Row("Variabilní symbol / VS", receivable.variable_symbol)
    account = czech_account_from_iban(payment.account)
    if account is not None:
        yield Row("Účet / Account", account)
    yield Row("IBAN", iban_in_groups(payment.account))
    yield Feed()
    yield QrCode(spayd(payment))
    yield Paragraph("Naskenujte v bankovní aplikaci", _BOLD_CENTER)
    yield Paragraph("QR Platba: scan it in your banking app", _SMALL_CENTER)
    yield Feed()
    yield Paragraph("Tento lístek není dokladem o zaplacení.", _SMALL_CENTER)
    yield Paragraph("This slip is not a proof of payment.", _SMALL_CENTER)


def _payment(receivable: Receivable) -> Payment:
    return Payment(
        account=check_iban(receivable.iban),
        amount=receivable.next_amount,
        variable_symbol=receivable.variable_symbol,
        due=receivable.next_due,
        message=receivable.message,
    )


def _acting_for(account: Account) -> Iterator[Element]:
    """Whose account it is, where the person acts for somebody."""
    principal = account.acting_for
    if principal is not None:
        yield Row("Účet / Account of", principal.display_name, _BOLD)
    if principal is not None and principal.ico is not None:
        yield Row("IČO / Company no.", principal.ico)


def _missing(account: Account) -> Iterator[Element]:
    for agenda in account.missing_agendas:
        yield Paragraph(f"Neodpovídá, údaje chybějí: {agenda.cs}", _BOLD)
        yield Paragraph(f"Not answering, data missing: {agenda.en}", _SMALL)


def _shut(account: Account) -> Iterator[Element]:
    if any(scope in account.locked for scope in _PRINTED_SCOPES):
        yield Paragraph("Zamčené části účtu zde nejsou.", _BOLD)
        yield Paragraph("Locked parts of the account are not in here.", _SMALL)


def _receivables(account: Account) -> Iterator[Element]:
    if Scope.PAYMENTS in account.locked:
        return
    yield from _section(LocalizedText("K zaplacení", "To pay"))
    for item in account.receivables:
        if item.paid:
            continue
        yield Row(item.title.cs, money_text(item.outstanding))
        yield Paragraph(item.title.en, _SMALL)
        yield Row(f"VS {item.variable_symbol}", _due(item), _SMALL)
    yield Row("Celkem", money_text(account.outstanding), _SUM)


def _due(item: Receivable) -> str:
    late = "PO SPLATNOSTI / OVERDUE " if item.state is ReceivableState.OVERDUE else "do / by "
    return late + date_text(item.next_due)


def _todos(account: Account) -> Iterator[Element]:
    if account.todos:
        yield from _section(LocalizedText("Co je třeba udělat", "To do"))
    for todo in account.todos:
        yield Row(f"- {todo.title.cs}", date_text(todo.due) if todo.due else "")
        yield Paragraph(todo.title.en, _SMALL)


def _cases(account: Account) -> Iterator[Element]:
    if account.cases:
        yield from _section(LocalizedText("Řízení", "Proceedings"))
    for case in account.cases:
        yield Row(case.title.cs, _progress(case))
        yield Paragraph(case.title.en, _SMALL)
        yield Paragraph(f"č. j. {case.reference_number}", _SMALL)


def _progress(case: Case) -> str:
    return f"{case.steps_done}/{len(case.steps)}"


def _section(title: LocalizedText) -> Iterator[Element]:
    yield Rule()
    yield Paragraph(f"{title.cs} / {title.en}", _BOLD)
