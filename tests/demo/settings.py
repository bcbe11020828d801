"""Writes the settings of each program of the demo as TOML; reads and starts nothing."""

import json
import os
import shutil
from pathlib import Path

from kiosk_app.gateway.sample_city.creation import APPOINTMENTS, SUBMISSIONS_SETTINGS
from provisioning.city import City
from tests.demo.display import Display
from tests.demo.place import AREA, CHANNELS, GROUP, PROGRAMS, Place

Table = dict[str, object]


def toml(tables: dict[str, object]) -> str:
    """TOML text of top-level keys and tables of strings, numbers, booleans and lists."""
    plain = {key: value for key, value in tables.items() if not isinstance(value, dict)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for name, table in tables.items():
        if isinstance(table, dict):
            lines += ["", f"[{name}]", *(f"{key} = {_value(item)}" for key, item in table.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    # A JSON string, number, boolean or list of these is TOML as well.
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)


def write_settings(place: Place, city: City, displays: dict[str, Display]) -> None:
    """Writes gateway.toml and, on each device, agent.toml and kiosk.toml or player.toml."""
    gateway = toml(_gateway(place, city)) + "\n" + SUBMISSIONS_SETTINGS.read_text("utf-8")
    (place.root / "gateway.toml").write_text(gateway, encoding="utf-8")
    shutil.copy(APPOINTMENTS, place.root)
    for device, display in displays.items():
        program = PROGRAMS[device]
        tables = {"kiosk": _kiosk, "player": _player}[program](place, city, device, display)
        folder = place.device(device)
        (folder / f"{program}.toml").write_text(toml(tables), encoding="utf-8")
        (folder / "agent.toml").write_text(toml(_agent(place, city, device)), encoding="utf-8")


def _gateway(place: Place, city: City) -> Table:
    identity = city.server("gateway")
    return {
        "certificate": identity.certificate,
        "key": identity.key,
        "client_ca": identity.authority,
        "crl": city.revoked,
        "kiosks": ["infobox-*"],
        "csca": place.root / "csca",
        "database": place.database,
        "state": place.root / "gateway",
        "port": place.ports.gateway,
        # The tour and the bench log the same sample person in again and again.
        "logins_per_kiosk": 100_000,
        "logins_per_document": 100_000,
        "documents": {"contact_ca": place.root / "contact-ca"},
        "openid": {
            "issuer": f"https://127.0.0.1:{place.ports.openid}",
            "client_id": "account-gateway",
            "secret": place.openid_secret,
            "ca": place.openid / "ca.pem",
        },
    }


def _agent(place: Place, city: City, device: str) -> Table:
    identity = city.device(device)
    folder = place.device(device)
    return {
        "device": {
            "id": device,
            "program": PROGRAMS[device],
            "groups": [GROUP],
            "areas": [AREA],
            "channel": CHANNELS[device],
        },
        "broker": {"host": "127.0.0.1", "port": place.ports.broker},
        "tls": {
            "ca": identity.authority,
            "certificate": identity.certificate,
            "key": identity.key,
        },
        "content": {
            "url": f"https://127.0.0.1:{place.ports.content}/",
            "root": identity.folder / "root.json",
            "directory": place.content(device),
        },
        "local": {"socket": place.socket(device), "allowed_uids": [os.getuid()]},
        "state": {"directory": folder / "state"},
        # Seconds instead of minutes, so that the tour can watch an update to its end.
        "update": {
            "slots": place.slots(device),
            "probation_seconds": 3,
            "patience_seconds": 25,
            "grace_seconds": 8,
        },
        "poll": {"seconds": 30},
    }


def _player(place: Place, _city: City, device: str, display: Display) -> Table:
    return {
        "content": place.content(device),
        "agent_socket": place.socket(device),
        "geometry": _geometry(display),
    }


def _kiosk(place: Place, city: City, device: str, display: Display) -> Table:
    identity = city.device(device)
    return {
        "id": device,
        "agent_socket": place.socket(device),
        "pointer": not display.virtual,
        "geometry": _geometry(display),
        "city": {"sample": True},
        "gateway": {
            "url": f"https://127.0.0.1:{place.ports.gateway}",
            "ca": identity.authority,
            "certificate": identity.certificate,
            "key": identity.key,
        },
        "printer": {"uri": f"tcp://127.0.0.1:{place.ports.printer}"},
    }


def _geometry(display: Display) -> Table:
    return {"x": display.x, "y": display.y, "width": display.width, "height": display.height}
