"""From the table `[openid]` to a provider that can be asked; it asks nothing yet."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from kiosk_app.gateway.config import ConfigError, OpenIdConfig
from kiosk_app.gateway.openid.connection import ProviderConnection
from kiosk_app.gateway.openid.provider import Client, Provider
from kiosk_app.gateway.openid.tokens import ASYMMETRIC, Expectation


def build_provider(config: OpenIdConfig, clock: Callable[[], datetime]) -> Provider:
    """The configured provider.

    Raises:
        ConfigError: a key of the table cannot be used.
    """
    if not config.issuer.startswith("https://"):
        raise ConfigError("openid.issuer: is no https address")
    if (config.secret is None) == (config.private_key is None):
        raise ConfigError("openid: has either secret or private_key")
    for name in config.algorithms:
        if name not in ASYMMETRIC:
            raise ConfigError("openid.algorithms: names one that is no asymmetric signature")
    if config.ca is not None and not config.ca.is_file():
        raise ConfigError(f"openid.ca: {config.ca}: is no file")
    client = Client(
        config.client_id,
        config.scope,
        _read(config.secret, "secret"),
        _read(config.private_key, "private_key"),
    )
    expected = Expectation(
        config.issuer, config.client_id, config.algorithms, config.acr, config.person_claim
    )
    hosts = frozenset({urlsplit(config.issuer).netloc, *config.hosts})
    return Provider(ProviderConnection(hosts, config.ca), client, expected, clock)


def _read(file: Path | None, name: str) -> str | None:
    if file is None:
        return None
    try:
        text = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"openid.{name}: {file}: cannot be read") from error
    if not text:
        raise ConfigError(f"openid.{name}: {file}: is empty")
    return text
