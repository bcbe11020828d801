"""How letters leave the gateway: the table `[delivery]` of `gateway.toml`; it opens no file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk_app.account.model import Channel
from kiosk_app.gateway.settings_table import SettingsTable

_SECURITIES: Final = frozenset({"tls", "starttls", "none"})
_PORT: Final = range(1, 65_536)
_COUNTRY: Final = re.compile(r"\+[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class SmtpSettings:
    """A mail server. `credentials` is a file of two lines, user and password."""

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    ca: Path | None = None
    credentials: Path | None = None
    timeout: int = 10


@dataclass(frozen=True)
class SmsSettings:
    """A gateway for text messages over HTTP.

    In the values of `fields`, {address}, {text} and {id} are filled in; they are sent as JSON or
    as a form. `secrets` is a file of header lines ("Authorization: Bearer …").
    """

    url: str
    fields: Mapping[str, str]
    format: str = "json"
    ca: Path | None = None
    secrets: Path | None = None
    timeout: int = 10


@dataclass(frozen=True)
class DeliverySettings:
    """How letters leave; a channel without a server goes to `folder`, without that nowhere."""

    folder: Path | None = None
    smtp: SmtpSettings | None = None
    sms: SmsSettings | None = None
    sms_countries: tuple[str, ...] = ("+420",)

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels by which letters can leave."""
        servers = {Channel.EMAIL: self.smtp, Channel.SMS: self.sms}
        return frozenset(
            channel
            for channel, server in servers.items()
            if server is not None or self.folder is not None
        )


def parse_delivery(table: SettingsTable) -> DeliverySettings:
    """The settings in that table; raises `SettingsError`."""
    countries = ["+420"] if not table.has("sms_countries") else table.list("sms_countries")
    delivery = DeliverySettings(
        folder=table.path("folder"),
        smtp=_smtp(table.table("smtp")) if table.has("smtp") else None,
        sms=_sms(table.table("sms")) if table.has("sms") else None,
        sms_countries=tuple(item for item in countries if isinstance(item, str)),
    )
    if not all(isinstance(item, str) and _COUNTRY.fullmatch(item) for item in countries):
        raise table.error("sms_countries", 'is not a list of prefixes ("+420")')
    table.refuse_others()
    return delivery


def _smtp(table: SettingsTable) -> SmtpSettings:
    settings = SmtpSettings(
        host=table.text("host"),
        sender=table.text("sender"),
        port=table.number("port", 587, _PORT),
        security=table.choice("security", "starttls", _SECURITIES),
        ca=table.path("ca"),
        credentials=table.path("credentials"),
        timeout=table.number("timeout", 10, range(1, 61)),
    )
    table.refuse_others()
    if settings.security == "none" and settings.credentials is not None:
        raise table.error("credentials", "are never sent without TLS")
    return settings


def _sms(table: SettingsTable) -> SmsSettings:
    settings = SmsSettings(
        url=table.text("url"),
        fields=table.texts("fields"),
        format=table.choice("format", "json", frozenset({"json", "form"})),
        ca=table.path("ca"),
        secrets=table.path("secrets"),
        timeout=table.number("timeout", 10, range(1, 61)),
    )
    table.refuse_others()
    if not settings.url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise table.error("url", "does not begin with https://")
    return settings
