"""For whom else a person may act today: one query of the city's mandates; it shows no account.

A mandate counts from its first day to its last, both included; it is asked for at each request,
so that one that was withdrawn opens nothing from then on.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from kiosk_app.account.codec import AccountFormatError, decode_item
from kiosk_app.account.model import SELF_ID, LocalizedText, Principal, PrincipalKind
from kiosk_app.gateway.agenda.declaration import MandatesDeclaration
from kiosk_app.gateway.agenda.values import json_value
from kiosk_app.gateway.database import Database, DatabaseProblem

logger = logging.getLogger(__name__)

COLUMNS: Final = frozenset(
    {
        *("mandate", "principal", "kind", "display_name", "ico"),
        *("role_cs", "role_en", "valid_from", "valid_until"),
    }
)
"""What the query of the mandates gives."""
_DATES: Final = frozenset({"valid_from", "valid_until"})
_AT_ONCE: Final = 1.0
MYSELF: Final = LocalizedText("vy", "you")


@dataclass(frozen=True)
class Mandate:
    """Somebody whose account the person may open, and the key the agendas know them by."""

    principal: Principal
    key: str = field(repr=False)


def self_principal(display_name: str) -> Principal:
    """The person as their own principal."""
    return Principal(SELF_ID, PrincipalKind.SELF, display_name, MYSELF)


class Mandates:
    """The city's mandates in one database; without a declaration nobody acts for others."""

    def __init__(self, database: Database, declaration: MandatesDeclaration | None) -> None:
        self._database = database
        self._declaration = declaration

    def check(self) -> None:
        """Try the query once for nobody.

        Raises:
            DatabaseProblem: the database does not answer it, or it gives too few columns.
        """
        if self._declaration is None:
            return
        declared, nobody = self._declaration, {"person": None}
        try:
            columns = self._database.columns(declared.sql, nobody, declared.time_limit)
        except DatabaseProblem as problem:
            raise DatabaseProblem(f"mandates: {problem}") from problem
        for name in sorted(COLUMNS - columns):
            raise DatabaseProblem(f"mandates: the query gives no column {name}")

    @property
    def time_limit(self) -> float:
        """How long the question may take, in seconds."""
        return _AT_ONCE if self._declaration is None else self._declaration.time_limit

    def of(self, person: str, now: datetime) -> tuple[Mandate, ...]:
        """The mandates of that person that count on that local day.

        A row that is no mandate counts for nothing, nor do two that share an id: nobody knows
        whose account it would open. They are logged without their values.

        Raises:
            DatabaseProblem: the database does not answer.
        """
        if self._declaration is None:
            return ()
        declared = self._declaration
        rows = self._database.rows(declared.sql, {"person": person}, declared.time_limit)
        found = [mandate for mandate in _counting(rows, now) if mandate.key != person]
        ids = Counter(mandate.principal.id for mandate in found)
        if len(ids) != len(found):
            logger.warning("Mandates that share an id do not count.")
        return tuple(mandate for mandate in found if ids[mandate.principal.id] == 1)


def _counting(rows: Sequence[Mapping[str, object]], now: datetime) -> Iterator[Mandate]:
    for index, row in enumerate(rows):
        try:
            mandate = _mandate(row, now, f"mandates[{index}]")
        except AccountFormatError as error:
            logger.warning("A mandate does not count: %s.", error)
            continue
        if mandate is not None:
            yield mandate


def _mandate(row: Mapping[str, object], now: datetime, place: str) -> Mandate | None:
    values = {
        name: json_value(date if name in _DATES else str, row.get(name), now) for name in COLUMNS
    }
    days = decode_item(_Days, values, place)
    if not days.valid_from <= now.date() <= (days.valid_until or date.max):
        return None
    role = {"cs": values["role_cs"], "en": values["role_en"]}
    principal = decode_item(Principal, values | {"id": values["mandate"], "role": role}, place)
    key = values["principal"]
    if principal.kind is PrincipalKind.SELF or not isinstance(key, str) or not key:
        raise AccountFormatError(f"{place}: is a mandate for nobody else")
    return Mandate(principal, key)


@dataclass(frozen=True)
class _Days:
    valid_from: date
    valid_until: date | None
