"""An open account with its tabs; what is in a section are entries."""

from dataclasses import dataclass

from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.entries import Entry


@dataclass(frozen=True)
class Tab:
    """One section's tab; `count` is empty when there is nothing."""

    icon: str
    label: str
    count: str
    chosen: bool
    late: bool
    key: Key
    locked: bool = False


@dataclass(frozen=True)
class LockedProps:
    """Why a section is shut and what opens it."""

    title: str
    detail: str
    key: Key | None


@dataclass(frozen=True)
class AccountProps:
    """One section of the account with the tabs to the others.

    `keys` lead to other accounts and to the PIN; `note` is what to remember at the end.
    """

    greeting: str
    note: str
    keys: tuple[Key, ...]
    locked: LockedProps | None
    as_of: str
    tabs: tuple[Tab, ...]
    entries: tuple[Entry, ...]
    nothing: str
    complete: bool
    total_label: str
    total: str
    warning: str
    print: Key | None
    no_print: str
