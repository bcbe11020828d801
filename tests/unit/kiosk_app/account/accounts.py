"""One invented account with an item of every kind; it is not the sample city's."""

from datetime import UTC, date, datetime
from decimal import Decimal

from kiosk_app.account.model import (
    Account,
    Case,
    CaseStep,
    Contract,
    Document,
    LocalizedText,
    Message,
    PersonSummary,
    Receivable,
    ReceivableState,
    StepState,
    Todo,
    TodoKind,
)

IBAN = "CZ6508000000192000145399"
OFFICE = LocalizedText("Odbor ekonomiky", "Department of economics")


def text(cs: str) -> LocalizedText:
    return LocalizedText(cs, f"{cs} (en)")


def receivable(state: ReceivableState = ReceivableState.OVERDUE) -> Receivable:
    paid_on = date(2026, 5, 1) if state is ReceivableState.PAID else None
    return Receivable(
        id=f"R-{state}",
        title=text("Poplatek za odpad"),
        department=OFFICE,
        amount=Decimal("850.00"),
        due=date(2026, 5, 31),
        variable_symbol="9990098126",
        iban=IBAN,
        message="VZOR ODPAD",
        state=state,
        paid_on=paid_on,
    )


def case() -> Case:
    steps = (
        CaseStep(text("Přijato"), StepState.DONE, date(2026, 9, 1)),
        CaseStep(text("Posouzení"), StepState.CURRENT, None),
        CaseStep(text("Rozhodnutí"), StepState.AHEAD, None),
    )
    return Case(
        id="C-1",
        reference_number="MML 1/2026",
        title=text("Stavba pergoly"),
        department=OFFICE,
        desk=text("přepážka 4"),
        opened=date(2026, 9, 1),
        deadline=date(2026, 12, 1),
        steps=steps,
    )


def account() -> Account:
    return Account(
        person=PersonSummary("JANA VZOROVÁ", is_sample=True),
        as_of=datetime(2026, 11, 24, 10, 0, tzinfo=UTC),
        todos=(
            Todo(
                id="T-1",
                kind=TodoKind.PAY,
                title=text("Zaplaťte poplatek"),
                detail=text("Po splatnosti"),
                due=date(2026, 5, 31),
                overdue=True,
                receivable_id="R-overdue",
            ),
        ),
        cases=(case(),),
        receivables=(receivable(), receivable(ReceivableState.PAID)),
        contracts=(
            Contract(
                "K-1", "N 1/2020", text("Pacht"), OFFICE, text("ročně"), date(2020, 1, 1), None
            ),
        ),
        documents=(Document("D-1", text("Rozhodnutí"), OFFICE, date(2026, 1, 1), None),),
        messages=(
            Message("M-1", text("Zpráva"), text("Text"), OFFICE, date(2026, 11, 1), read=False),
        ),
        missing_agendas=(text("Přestupky"),),
    )
