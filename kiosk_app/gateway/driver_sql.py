"""A declared query as its database's driver takes it: compiled once, run with bound values.

SQLAlchemy translates the query and knows the driver; the query itself goes to the driver's cursor
(PEP 249), because what SQLAlchemy prepares around each result costs more than most answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Date, Dialect, String, bindparam, text

_Processor = Callable[[Any], Any]


@dataclass(frozen=True)
class DriverSql:
    """The text for the driver, its parameters, their order (None: by name), their conversions."""

    sql: str
    names: tuple[str, ...]
    order: tuple[str, ...] | None
    converted: Mapping[str, _Processor]

    def bound(self, parameters: Mapping[str, object]) -> Sequence[object] | Mapping[str, object]:
        """The values as the driver takes them; what the query does not name is left out."""
        if self.order is not None:
            return [self._value(name, parameters[name]) for name in self.order]
        return {name: self._value(name, parameters[name]) for name in self.names}

    def _value(self, name: str, value: object) -> object:
        convert = self.converted.get(name)
        return value if convert is None else convert(value)


@lru_cache(maxsize=1024)
def driver_sql(sql: str, dates: frozenset[str], dialect: Dialect, most: int) -> DriverSql:
    """The query for that database; days (`dates`) are bound as dates and all else as text.

    A driver that fetches whole results gets `most` rows at most.
    """
    if dialect.name == _FETCHES_ALL:
        sql = f"SELECT * FROM ({sql}\n) AS of_agenda LIMIT {most}"  # noqa: S608 - no value is in it
    types = {name: Date() if name in dates else String() for name in text(sql).compile().params}
    statement = text(sql).bindparams(*(bindparam(name, type_=types[name]) for name in types))
    compiled: Any = statement.compile(dialect=dialect)
    converted = {
        name: convert
        for name, kind in types.items()
        if (convert := kind.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    order = tuple(compiled.positiontup) if compiled.positional else None
    return DriverSql(str(compiled), tuple(types), order, converted)


_FETCHES_ALL: Final = "postgresql"
