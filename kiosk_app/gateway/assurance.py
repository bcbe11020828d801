"""Which parts of an account each assurance opens, as the city configures it; it proves nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kiosk_app.account.model import Assurance, Scope

_CHIP: Final = frozenset(
    {
        *(Scope.OVERVIEW, Scope.CASES, Scope.PAYMENTS, Scope.CONTRACTS),
        *(Scope.MESSAGES, Scope.APPOINTMENTS),
    }
)
_DEFAULT: Final[Mapping[Assurance, frozenset[Scope]]] = MappingProxyType(
    {
        Assurance.IDENTIFIED: frozenset({Scope.OVERVIEW}),
        Assurance.CHIP: _CHIP,
        Assurance.CHIP_PIN: frozenset(Scope),
        Assurance.OPENID: frozenset(Scope),
    }
)


@dataclass(frozen=True)
class AssuranceTable:
    """For each assurance the scopes it opens; what is not named opens nothing."""

    opens: Mapping[Assurance, frozenset[Scope]]

    def scopes(self, assurance: Assurance) -> tuple[Scope, ...]:
        """The scopes that assurance opens, in the order of `Scope`."""
        opened = self.opens.get(assurance, frozenset())
        return tuple(scope for scope in Scope if scope in opened)


DEFAULT_TABLE: Final = AssuranceTable(_DEFAULT)


def parse_table(raw: Mapping[str, object]) -> AssuranceTable:
    """The table `[assurance]` of the configuration; assurances that are absent keep the default.

    Raises:
        ValueError: one sentence with the key.
    """
    opens = dict(_DEFAULT)
    for name, value in raw.items():
        opens[_assurance(name)] = frozenset(_scopes(name, value))
    if not opens[Assurance.CHIP] <= opens[Assurance.CHIP_PIN]:
        raise ValueError("chip-pin: opens less than chip")
    return AssuranceTable(MappingProxyType(opens))


def _assurance(name: str) -> Assurance:
    try:
        return Assurance(name)
    except ValueError as error:
        raise ValueError(f"{name}: is no assurance ({', '.join(Assurance)})") from error


def _scopes(name: str, value: object) -> list[Scope]:
    if not isinstance(value, list):
        raise ValueError(f"{name}: is not a list of scopes")  # noqa: TRY004 - one kind of refusal
    try:
        return [Scope(item) for item in value]
    except ValueError as error:
        raise ValueError(f"{name}: names a scope that is none ({', '.join(Scope)})") from error
