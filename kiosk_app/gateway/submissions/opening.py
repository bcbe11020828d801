"""From the settings to a desk and a dispatcher that work, or one sentence why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk_app.account.model import Channel
from kiosk_app.gateway.delivery_settings import DeliverySettings
from kiosk_app.gateway.store import Store
from kiosk_app.gateway.submission_settings import SubmissionSettings
from kiosk_app.gateway.submissions.appointments import Timetable
from kiosk_app.gateway.submissions.delivery.carrying import Carrier
from kiosk_app.gateway.submissions.delivery.credentials import read_credentials, read_headers
from kiosk_app.gateway.submissions.delivery.folder import FolderCarrier
from kiosk_app.gateway.submissions.delivery.smtp import SmtpCarrier
from kiosk_app.gateway.submissions.desk import SubmissionDesk
from kiosk_app.gateway.submissions.dispatcher import Dispatcher, Round
from kiosk_app.gateway.submissions.secret_key import SecretKey
from kiosk_app.gateway.submissions.services import parse_services
from kiosk_app.gateway.submissions.tables import SUBMISSIONS


@dataclass(frozen=True)
class Submissions:
    """The desk, and the dispatcher of its letters, not started yet."""

    desk: SubmissionDesk
    dispatcher: Dispatcher


def open_submissions(
    store: Store, settings: SubmissionSettings, state: Path, clock: Callable[[], datetime]
) -> Submissions:
    """Prepare the store's tables and everything else that takes and sends.

    Args:
        store: where all of it is kept.
        settings: what the city takes.
        state: the folder of the secret key.
        clock: now, aware.

    Raises:
        StoreProblem, ServicesError, SettingsError, OSError: one sentence what is wrong.
    """
    store.prepare(SUBMISSIONS)
    carriers = _carriers(settings.delivery)
    rounds = tuple(Round(store, channel, carrier, clock) for channel, carrier in carriers.items())
    dispatcher = Dispatcher(rounds)
    desk = SubmissionDesk(
        store=store,
        key=SecretKey.from_file(state / "submissions.key"),
        settings=settings,
        timetable=_timetable(settings),
        clock=clock,
        posted=dispatcher.wake,
    )
    return Submissions(desk, dispatcher)


def _timetable(settings: SubmissionSettings) -> Timetable:
    if settings.services is None:
        return Timetable({}, settings.zone)
    services = parse_services(settings.services.read_bytes(), settings.services.name)
    return Timetable({service.id: service for service in services}, settings.zone)


def _carriers(settings: DeliverySettings) -> dict[Channel, Carrier]:
    carriers: dict[Channel, Carrier] = {}
    if settings.folder is not None:
        carriers = dict.fromkeys(Channel, FolderCarrier(settings.folder))
    if settings.smtp is not None:
        file = settings.smtp.credentials
        carriers[Channel.EMAIL] = SmtpCarrier(
            settings.smtp, None if file is None else read_credentials(file)
        )
    if settings.sms is not None:
        # Its HTTP library takes a while to load, and most cities have no such gateway.
        from kiosk_app.gateway.submissions.delivery.http_sms import (  # noqa: PLC0415
            HttpSmsCarrier,
        )

        file = settings.sms.secrets
        carriers[Channel.SMS] = HttpSmsCarrier(
            settings.sms, {} if file is None else read_headers(file)
        )
    return carriers
