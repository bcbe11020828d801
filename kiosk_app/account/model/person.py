"""Whose account it is, and for whom else that person may act; it checks no mandate."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk_app.account.ico import is_ico
from kiosk_app.account.model.text import LocalizedText


@dataclass(frozen=True)
class PersonSummary:
    """Whose account this is; `is_sample` marks an invented person."""

    display_name: str
    is_sample: bool


class PrincipalKind(StrEnum):
    """In whose name somebody acts."""

    SELF = "self"
    FAMILY = "family"
    COMPANY = "company"


SELF_ID = "self"


@dataclass(frozen=True)
class Principal:
    """Somebody whose account the person may open: themselves, a family member or a company.

    `id` is opaque outside the city hall; `ico` is the company's number; `role` says by what right
    ("jednatel", "zákonný zástupce").
    """

    id: str
    kind: PrincipalKind
    display_name: str = field(repr=False)
    role: LocalizedText
    ico: str | None = None

    def __post_init__(self) -> None:
        if (self.id == SELF_ID) != (self.kind is PrincipalKind.SELF):
            raise ValueError('the id "self" belongs to the person themselves and to nobody else')
        if (self.kind is PrincipalKind.COMPANY) != (self.ico is not None):
            raise ValueError("a company has a company number, and nobody else has")
        if self.ico is not None and not is_ico(self.ico):
            raise ValueError("a company number is eight digits with a right check digit")
