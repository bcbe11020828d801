"""Invented receipts of the sample city, for printing a test slip; no real person or debt."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from kiosk_app.account.model import (
    Account,
    Case,
    CaseStep,
    LocalizedText,
    PersonSummary,
    Receivable,
    ReceivableState,
    StepState,
    Todo,
    TodoKind,
)
from kiosk_app.receipt.elements import Receipt, ReceiptNumber
from kiosk_app.receipt.layout import (
    Letterhead,
    confirmation_receipt,
    overview_receipt,
    payment_receipt,
)

SAMPLE_LETTERHEAD: Final = Letterhead(
    above="Statutární město",
    city="Liberec",
    address="Magistrát města Liberec, nám. Dr. E. Beneše 1",
    sample=True,
)
_PERSON: Final = "Jana VZOROVÁ"
_MOMENT: Final = datetime(2026, 3, 2, 9, 41, tzinfo=UTC)
_FINANCE: Final = LocalizedText("Odbor ekonomiky", "Finance department")
_WASTE: Final = Receivable(
    id="sample-waste",
    title=LocalizedText("Poplatek za komunální odpad 2026", "Municipal waste fee 2026"),
    department=_FINANCE,
    amount=Decimal("1234.50"),
    due=date(2026, 3, 31),
    variable_symbol="9990098120",
    iban="CZ6508000000192000145399",
    message="Poplatek za komunální odpad 2026, VZOR",
    state=ReceivableState.OPEN,
    paid_on=None,
)
_DOG: Final = Receivable(
    id="sample-dog",
    title=LocalizedText("Poplatek za psa 2026", "Dog fee 2026"),
    department=_FINANCE,
    amount=Decimal("600.00"),
    due=date(2026, 2, 15),
    variable_symbol="9990098121",
    iban="CZ6508000000192000145399",
    message="Poplatek za psa 2026, VZOR",
    state=ReceivableState.OVERDUE,
    paid_on=None,
)
_CASE: Final = Case(
    id="sample-case",
    reference_number="VZOR/2026/000117",
    title=LocalizedText("Povolení stavby garáže", "Building permit: garage"),
    department=LocalizedText("Stavební úřad", "Building authority"),
    desk=LocalizedText("Kancelář 312", "Room 312"),
    opened=date(2026, 1, 12),
    deadline=date(2026, 4, 12),
    steps=(
        CaseStep(LocalizedText("Podání", "Application"), StepState.DONE, date(2026, 1, 12)),
        CaseStep(LocalizedText("Posouzení", "Assessment"), StepState.CURRENT, None),
        CaseStep(LocalizedText("Rozhodnutí", "Decision"), StepState.AHEAD, None),
    ),
)
_TODO: Final = Todo(
    id="sample-todo",
    kind=TodoKind.RENEW,
    title=LocalizedText("Vyměnit řidičský průkaz", "Renew the driving licence"),
    detail=LocalizedText("Platnost brzy končí.", "It expires soon."),
    due=date(2026, 5, 17),
    overdue=False,
)


def _payment(number: ReceiptNumber) -> Receipt:
    return payment_receipt(_WASTE, _PERSON, _MOMENT, number, SAMPLE_LETTERHEAD)


def _overview(number: ReceiptNumber) -> Receipt:
    account = Account(
        person=PersonSummary(_PERSON, is_sample=True),
        as_of=_MOMENT,
        todos=(_TODO,),
        cases=(_CASE,),
        receivables=(_WASTE, _DOG),
    )
    return overview_receipt(account, _MOMENT, number, SAMPLE_LETTERHEAD)


def _confirmation(number: ReceiptNumber) -> Receipt:
    title = LocalizedText("Oznámení závady: rozbitá lampa", "Defect report: broken street lamp")
    reference = "VZOR/2026/000203"
    return confirmation_receipt(title, reference, _PERSON, _MOMENT, number, SAMPLE_LETTERHEAD)


SAMPLES: Final[dict[str, Callable[[ReceiptNumber], Receipt]]] = {
    "payment": _payment,
    "overview": _overview,
    "confirmation": _confirmation,
}
"""Kind of receipt -> its sample under a number."""
