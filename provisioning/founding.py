"""Founds a city on disk and takes devices into it or out of it; which rules hold, `enroll` says."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from provisioning.city import City
from provisioning.config import Settings
from provisioning.durable_file import write_durable
from provisioning.enroll import (
    OPERATORS,
    Authority,
    Credentials,
    EnrolError,
    Unit,
    device_id,
    found_authority,
    issue_client,
    issue_server,
    read_authority,
    read_certificate,
    request_identity,
    revocation_list,
    write_credentials,
    write_key,
)
from provisioning.publish import init_repository, locked

SERVERS: Final = ("broker", "gateway", "content")

Issue = Callable[[x509.CertificateSigningRequest], x509.Certificate]


def found_city(root: Path, settings: Settings, now: datetime, root_threshold: int = 1) -> City:
    """Make everything a city needs before its first device (the layout is in `provisioning.city`).

    Raises:
        EnrolError: there is a city in `root` already.
        PublishError: there is a repository or a key already.
    """
    city = City(root)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (city.authority / "key.pem").exists() or (root / "city.toml").exists():
        raise EnrolError(f"There is a city in {root} already.")
    authority = found_authority(settings.name, now)
    write_key(city.authority / "key.pem", authority.key)
    write_durable(city.authority / "cert.pem", authority.certificate.public_bytes(Encoding.PEM))
    _write_revoked(city, authority, frozenset(), now)
    for name in SERVERS:
        _certify_server(city.server(name), authority, name, settings, now)
    for name in OPERATORS:
        _certify_client(city.operator(name), authority, name, Unit.OPERATOR, now)
    init_repository(city.repository.root, city.keys, now, root_threshold)
    return city.configure(settings)


def enroll(city: City, name: str, now: datetime) -> Credentials:
    """Give a device its key, its certificate and the first root of trust.

    Raises:
        EnrolError: the name is not a device's, or it is enrolled already.
    """
    device = device_id(name)
    with locked(city.root / "devices"):
        credentials = city.device(device)
        if credentials.folder.exists():
            raise EnrolError(f"Device {device!r} is enrolled already in {credentials.folder}.")
        authority = read_authority(city.authority)
        fresh = Credentials(credentials.folder.with_name(f".{device}.new"))
        shutil.rmtree(fresh.folder, ignore_errors=True)
        _certify_client(fresh, authority, device, Unit.DEVICE, now)
        root = (city.repository.metadata / "1.root.json").read_bytes()
        write_durable(fresh.folder / "root.json", root)
        fresh.folder.rename(credentials.folder)
    return credentials


def revoke(city: City, name: str, now: datetime) -> None:
    """Put a device's certificate on the revocation list; a running broker reads it on SIGHUP.

    Raises:
        EnrolError: no such device is enrolled.
    """
    device = device_id(name)
    with locked(city.root / "devices"):
        certificate = read_certificate(city.device(device).certificate)
        serials = revoked_serials(city) | {certificate.serial_number}
        _write_revoked(city, read_authority(city.authority), serials, now)
        city.device(device).folder.rename(
            city.root / "devices" / f".{device}.revoked-{now:%Y%m%dT%H%M%S}"
        )


def renew_revoked(city: City, now: datetime) -> None:
    """Sign the revocation list anew, with a later end and the same content."""
    with locked(city.root / "devices"):
        _write_revoked(city, read_authority(city.authority), revoked_serials(city), now)


def enrolled(city: City) -> tuple[str, ...]:
    """The names of all enrolled devices, sorted."""
    folders = (city.root / "devices").glob("[a-z0-9]*")
    return tuple(sorted(folder.name for folder in folders if folder.is_dir()))


def revoked_serials(city: City) -> frozenset[int]:
    """The serial numbers on the revocation list.

    Raises:
        EnrolError: the list cannot be read.
    """
    try:
        revoked = x509.load_pem_x509_crl(city.revoked.read_bytes())
    except (OSError, ValueError) as error:
        raise EnrolError(f"The list {city.revoked} cannot be read: {error}.") from error
    return frozenset(entry.serial_number for entry in revoked)


def _write_revoked(
    city: City, authority: Authority, serials: frozenset[int], now: datetime
) -> None:
    data = revocation_list(authority, serials, now).public_bytes(Encoding.PEM)
    write_durable(city.revoked, data)


def _certify_client(
    credentials: Credentials, authority: Authority, name: str, unit: Unit, now: datetime
) -> None:
    _certify(
        credentials,
        authority,
        name,
        lambda request: issue_client(authority, request, name, unit, now),
    )


def _certify_server(
    credentials: Credentials, authority: Authority, name: str, settings: Settings, now: datetime
) -> None:
    names = settings.server_names
    _certify(
        credentials,
        authority,
        name,
        lambda request: issue_server(authority, request, name, names, now),
    )


def _certify(credentials: Credentials, authority: Authority, name: str, issue: Issue) -> None:
    """Make a key, ask for its certificate and write both."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = issue(request_identity(key, name))
    write_credentials(credentials, key, certificate, authority.certificate)
