"""The counter's commands for account PINs: set, unlock, remove, state. No PIN comes from argv."""

import argparse
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from getpass import GetPassWarning, getpass
from typing import Final

from kiosk_app.gateway.agenda.declaration import CITY
from kiosk_app.gateway.audit import Audit, AuditAction, AuditEvent
from kiosk_app.gateway.config import GatewayConfig, load_config
from kiosk_app.gateway.departments import connect
from kiosk_app.gateway.errors import CannotServe
from kiosk_app.gateway.pin_rules import PinRules
from kiosk_app.gateway.pin_store import PinStore
from kiosk_app.gateway.process_limits import keep_secrets
from kiosk_app.gateway.wiring import city_clock, open_audit, open_store, pin_hashes, pin_store

_COUNTER: Final = "counter"


class PinRefused(CannotServe):
    """The counter's command cannot be done; one sentence without any digit."""


@dataclass(frozen=True)
class _Counter:
    """One command for one person."""

    config: GatewayConfig
    pins: PinStore
    audit: Audit
    person: str
    pseudonym: str | None
    born: date | None

    def record(self, action: AuditAction) -> None:
        """Write it down before it is done."""
        now = city_clock(self.config.time_zone)()
        self.audit.write(AuditEvent(now, _COUNTER, action, self.pseudonym))

    def set(self) -> str:
        """Choose a PIN."""
        pin, rules = _typed(), PinRules(self.config.pin.shortest, self.config.pin.longest)
        objection = rules.objection(pin, self.born)
        if objection is not None:
            raise PinRefused(objection)
        hashes = pin_hashes(self.config)
        self.record(AuditAction.PIN_SET)
        self.pins.put(self.person, hashes.make(pin))
        hashes.close()
        return "The PIN is set."

    def unlock(self) -> str:
        """Let tries be heard again."""
        self.record(AuditAction.PIN_UNLOCKED)
        self.pins.unlock(self.person)
        return "The PIN is unlocked."

    def remove(self) -> str:
        """Take the PIN away."""
        self.record(AuditAction.PIN_REMOVED)
        self.pins.put(self.person, None)
        return "The PIN is removed."

    def state(self) -> str:
        """What there is, and how often it was tried in vain."""
        state = self.pins.state(self.person)
        is_set = "A PIN is set" if state.is_set else "No PIN is set"
        locked = " It is locked." if state.is_locked else ""
        return f"{is_set}; {state.wrong} tries in vain.{locked}"


_ACTIONS: Final[dict[str, Callable[[_Counter], str]]] = {
    "set": _Counter.set,
    "unlock": _Counter.unlock,
    "remove": _Counter.remove,
    "state": _Counter.state,
}


def pin_command(arguments: argparse.Namespace) -> int:
    """Do one of the commands.

    Raises:
        CannotServe, OSError: one sentence what is wrong.
    """
    keep_secrets()
    config = load_config(arguments.config)
    store, audit = open_store(config), open_audit(config)
    try:
        person, pseudonym = _whose(arguments, config, audit)
        pins = pin_store(config, store)
        counter = _Counter(config, pins, audit, person, pseudonym, arguments.born)
        print(_ACTIONS[arguments.action](counter))  # noqa: T201 - the command's answer
    finally:
        audit.close()
        store.close()
    return 0


def _whose(arguments: argparse.Namespace, config: GatewayConfig, audit: Audit) -> tuple[str, str]:
    if arguments.person is not None:
        return arguments.person, audit.pseudonym("person", arguments.person)
    state, number = arguments.document
    departments = connect(config.agendas, {CITY: config.database} | dict(config.databases))
    person = departments.persons.find(state, number)
    departments.close()
    if person is None:
        raise PinRefused("no person has that document")
    return person.key, audit.pseudonym(state, number)


def _typed() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            pin = getpass("PIN: ")
            again = getpass("The same again: ")
    except GetPassWarning as shown:
        raise PinRefused("the terminal would show what is typed") from shown
    except EOFError as none:
        raise PinRefused("nothing was typed") from none
    if again != pin:
        raise PinRefused("the two were not the same")
    return pin
