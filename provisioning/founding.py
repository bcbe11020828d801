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
    read_key,
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

    `city.toml` is written last: a folder without it holds no city.

    Raises:
        EnrolError: there is a city in `root` already, or other files.
        PublishError: the root threshold cannot be reached.
    """
    city = City(root)
    if (root / "city.toml").exists():
        raise EnrolError(f"There is a city in {root} already.")
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise EnrolError(
            f"The folder {root} is not empty; name a new one, or remove what a founding that was"
            " broken off left in it."
        )
    root.chmod(0o700)
    authority = found_authority(settings.name, now)
    write_key(city.authority / "key.pem", authority.key)
    write_durable(city.authority / "cert.pem", authority.certificate.public_bytes(Encoding.PEM))
    _write_revoked(city, revocation_list(authority, (), now))
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


def renew(city: City, name: str, now: datetime) -> Credentials:
    """Certify the key of a device, a server or one of the city's own programs for another term.

    The key stays, so that the one file `cert.pem` is all that changes.

    Raises:
        EnrolError: nobody of that name has an identity here, or its key cannot be read.
    """
    with locked(city.root / "devices"):
        credentials, issue = _holder(city, name, now)
        key = read_key(credentials.key)
        certificate = issue(request_identity(key, name)).public_bytes(Encoding.PEM)
        write_durable(credentials.certificate, certificate)
    return credentials


def _holder(city: City, name: str, now: datetime) -> tuple[Credentials, Issue]:
    """Where that name's identity lies and who certifies it."""
    authority = read_authority(city.authority)
    if name in SERVERS:
        names = city.settings.server_names
        return city.server(name), lambda csr: issue_server(authority, csr, name, names, now)
    operator = name in OPERATORS
    unit = Unit.OPERATOR if operator else Unit.DEVICE
    credentials = city.operator(name) if operator else city.device(device_id(name))
    if not credentials.folder.is_dir():
        raise EnrolError(f"No device {name!r} is enrolled.")
    return credentials, lambda csr: issue_client(authority, csr, name, unit, now)


def revoke(city: City, name: str, now: datetime) -> None:
    """Put a device's certificate on the revocation list; a running broker reads it on SIGHUP.

    Raises:
        EnrolError: no such device is enrolled.
    """
    device = device_id(name)
    with locked(city.root / "devices"):
        if not city.device(device).folder.is_dir():
            raise EnrolError(f"No device {device!r} is enrolled.")
        certificate = read_certificate(city.device(device).certificate)
        _renew_revoked(city, now, certificate.serial_number)
        city.device(device).folder.rename(
            city.root / "devices" / f".{device}.revoked-{now:%Y%m%dT%H%M%S}"
        )


def renew_revoked(city: City, now: datetime) -> None:
    """Sign the revocation list anew, with a later end and the same content."""
    with locked(city.root / "devices"):
        _renew_revoked(city, now)


def enrolled(city: City) -> tuple[str, ...]:
    """The names of all enrolled devices, sorted."""
    folders = (city.root / "devices").glob("[a-z0-9]*")
    return tuple(sorted(folder.name for folder in folders if folder.is_dir()))


def _renew_revoked(city: City, now: datetime, *more: int) -> None:
    """Sign the list anew with more serial numbers; under the lock of the devices."""
    try:
        before = x509.load_pem_x509_crl(city.revoked.read_bytes())
    except (OSError, ValueError) as error:
        raise EnrolError(f"The list {city.revoked} cannot be read: {error}.") from error
    serials = {*more, *(entry.serial_number for entry in before)}
    _write_revoked(city, revocation_list(read_authority(city.authority), serials, now, before))


def _write_revoked(city: City, revoked: x509.CertificateRevocationList) -> None:
    write_durable(city.revoked, revoked.public_bytes(Encoding.PEM))


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
