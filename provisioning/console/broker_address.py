"""Where the broker is and as whom it is spoken to; it opens no connection."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from provisioning.console.errors import BridgeError


@dataclass(frozen=True)
class BrokerAddress:
    """Where the broker listens and the city's certificate authority it must answer to."""

    host: str
    port: int
    authority: Path


def identity_context(authority: Path, certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.2 or later as a client with that identity, to servers of that authority only.

    Raises:
        BridgeError: a file is missing or malformed.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(authority)
        context.load_cert_chain(certificate, key)
    except OSError as error:
        raise BridgeError(f"The identity {certificate} cannot be used: {error}.") from error
    return context
