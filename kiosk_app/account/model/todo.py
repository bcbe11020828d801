"""What the person has to do; it works nothing out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk_app.account.model.text import LocalizedText


class TodoKind(StrEnum):
    """What the person has to do."""

    PAY = "pay"
    SUPPLY = "supply"
    ANSWER = "answer"
    RENEW = "renew"
    READ = "read"


@dataclass(frozen=True)
class Todo:
    """One thing the person has to do; it points at a receivable, at a case or at neither."""

    id: str
    kind: TodoKind
    title: LocalizedText
    detail: LocalizedText
    due: date | None
    overdue: bool
    receivable_id: str | None = None
    case_id: str | None = None

    def __post_init__(self) -> None:
        if self.receivable_id is not None and self.case_id is not None:
            raise ValueError("a to-do points at a receivable or at a case, not at both")
        if self.overdue and self.due is None:
            raise ValueError("an overdue to-do has a due date")
