"""From the configuration to desks that work, or one sentence why not; it serves nothing yet."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from kiosk_app.gateway.account_desk import AccountDesk
from kiosk_app.gateway.admission import Admission
from kiosk_app.gateway.agenda.declaration import CITY
from kiosk_app.gateway.audit import Audit
from kiosk_app.gateway.config import GatewayConfig
from kiosk_app.gateway.departments import Departments, connect
from kiosk_app.gateway.desk import Desk
from kiosk_app.gateway.device_login import LONGEST, DeviceLogins
from kiosk_app.gateway.document_desk import DocumentDesk
from kiosk_app.gateway.key_file import key_in
from kiosk_app.gateway.pin_hash import HashCost, PinHashes
from kiosk_app.gateway.pin_store import PIN_PART, PinStore
from kiosk_app.gateway.proving import Prover
from kiosk_app.gateway.rate_limit import RateLimit
from kiosk_app.gateway.revocation import RevocationList
from kiosk_app.gateway.second_factor import SecondFactor
from kiosk_app.gateway.session_desk import SessionDesk
from kiosk_app.gateway.sessions import Sessions
from kiosk_app.gateway.short_lived import ShortLived
from kiosk_app.gateway.sign_in import Limits, SignIn
from kiosk_app.gateway.store import Store
from kiosk_app.gateway.submissions.opening import open_submissions
from kiosk_app.gateway.writing_desk import WritingDesk

_CAPACITY: Final = 10_000
_MIB: Final = 1 << 20


def city_clock(zone: str) -> Callable[[], datetime]:
    """Now, in the city's zone: "today" is the city's day."""
    return partial(datetime.now, ZoneInfo(zone))


def build_desk(
    config: GatewayConfig, prover: Prover, clock: Callable[[], datetime] | None = None
) -> Desk:
    """Desks whose every query was tried once.

    Raises:
        CannotServe, OSError: one sentence what is wrong.
    """
    departments = connect(config.agendas, {CITY: config.database} | dict(config.databases))
    clock = clock or city_clock(config.time_zone)
    sessions = SessionDesk(
        admission=_admission(config),
        audit=open_audit(config),
        sessions=Sessions(timedelta(seconds=config.session_seconds), _CAPACITY),
        table=config.assurance,
        clock=clock,
    )
    store = open_store(config)
    submissions = open_submissions(store, config.submissions, config.state, clock)
    desk = Desk(
        sessions=sessions,
        sign_in=_sign_in(config, sessions, prover, departments),
        second_factor=SecondFactor(
            sessions,
            pin_store(config, store),
            pin_hashes(config),
            RateLimit(config.pin.typed_a_minute),
        ),
        device_logins=_device_logins(config, sessions, departments),
        accounts=AccountDesk(sessions, departments.viewing, submissions.desk.additions),
        departments=departments,
        store=store,
        writing=WritingDesk(sessions, departments.viewing, submissions.desk),
        documents=DocumentDesk(sessions, departments.viewing, departments.files),
        letters=submissions.dispatcher,
    )
    desk.letters.start()
    return desk


def open_audit(config: GatewayConfig) -> Audit:
    """The audit in the state folder; raises `OSError`."""
    return Audit(config.state, config.audit_file_mib * _MIB)


def open_store(config: GatewayConfig) -> Store:
    """The gateway's own store, its tables of today's version.

    Raises:
        StoreProblem, OSError: one sentence what is wrong.
    """
    config.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(config.store or f"sqlite:///{config.state / 'store.db'}")
    store.prepare(PIN_PART)
    return store


def pin_store(config: GatewayConfig, store: Store) -> PinStore:
    """The PINs in that store; raises `OSError` where their key cannot be had."""
    return PinStore(store, key_in(config.state / "pin.key"), config.pin.tries)


def pin_hashes(config: GatewayConfig) -> PinHashes:
    """The reckoning of PINs as configured; raises `OSError` where their key cannot be had."""
    pin = config.pin
    cost = HashCost(pin.passes, pin.memory_mib << 10, pin.lanes)
    return PinHashes(cost, pin.parallel, key_in(config.state / "pin.key"))


def _admission(config: GatewayConfig) -> Admission:
    revoked = None if config.crl is None else RevocationList(config.crl, config.client_ca)
    return Admission(config.kiosks, revoked)


def _sign_in(
    config: GatewayConfig, sessions: SessionDesk, prover: Prover, departments: Departments
) -> SignIn:
    limits = Limits(RateLimit(config.logins_per_kiosk), RateLimit(config.logins_per_document))
    logins = timedelta(seconds=config.login_seconds)
    return SignIn(sessions, prover, departments.persons, ShortLived(logins, _CAPACITY), limits)


def _device_logins(
    config: GatewayConfig, sessions: SessionDesk, departments: Departments
) -> DeviceLogins:
    openid, provider = config.openid, None
    if openid is not None:
        from kiosk_app.gateway.openid.wiring import (  # noqa: PLC0415 - slow to load
            build_provider,
        )

        provider = build_provider(openid, sessions.clock)
    return DeviceLogins(
        sessions,
        provider,
        departments.persons,
        ShortLived(LONGEST, _CAPACITY),
        RateLimit(1 if openid is None else openid.logins_per_kiosk),
    )
