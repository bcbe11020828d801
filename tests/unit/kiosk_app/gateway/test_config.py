"""The gateway's configuration is read whole or refused with the file and the key."""

from pathlib import Path

import pytest

from kiosk_app.account.model import Assurance, Scope
from kiosk_app.gateway.config import ConfigError, load_config

GOOD = """
certificate = "server.pem"
key = "server.key"
client_ca = "/etc/city/ca.pem"
csca = "csca"
database = "sqlite:////var/lib/city.db"
state = "state"
port = 0
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "gateway.toml"
    file.write_text(text)
    return file


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load_config(_file(tmp_path, GOOD))
    assert config.certificate == tmp_path / "server.pem"
    assert config.client_ca == Path("/etc/city/ca.pem")
    assert (config.port, config.session_seconds) == (0, 300)
    assert (config.crl, config.kiosks) == (None, ("*",))


def test_who_is_admitted_is_configured(tmp_path: Path) -> None:
    more = 'crl = "ca/crl.pem"\nkiosks = ["infobox-*", "hall-1"]\n'
    config = load_config(_file(tmp_path, GOOD + more))
    assert config.crl == tmp_path / "ca/crl.pem"
    assert config.kiosks == ("infobox-*", "hall-1")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("port = 0", "prot = 0", "gateway.toml: prot: is not known here"),
        ("port = 0", "port = true", "gateway.toml: port: is not a number"),
        ("port = 0", "port = -1", "gateway.toml: port: is not a number"),
        ('state = "state"', 'state = ""', "gateway.toml: state: is not a path"),
        ('csca = "csca"', "", "gateway.toml: csca: is missing"),
        ("port = 0", "port = 65536", "gateway.toml: port: is not a number from 0 to 65535"),
        ("port = 0", "login_seconds = 0", "login_seconds: is not a number from 1 to 1000000"),
        ("port = 0", "kiosks = []", "gateway.toml: kiosks: is not a list of texts"),
        ("port = 0", 'kiosks = ["a", 1]', "gateway.toml: kiosks: is not a list of texts"),
        ("port = 0", 'kiosks = "a"', "gateway.toml: kiosks: is not a list of texts"),
        ("port = 0", "crl = 1", "gateway.toml: crl: is not a path"),
        ("port = 0", "port =", "gateway.toml: is not TOML"),
    ],
)
def test_broken_configuration_is_refused(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        load_config(_file(tmp_path, GOOD.replace(old, new)))


def test_tables_are_read(tmp_path: Path) -> None:
    tables = (
        '[assurance]\nchip = ["overview"]\n[pin]\ntries = 3\n[openid]\n'
        'issuer = "https://id.example"\nclient_id = "gateway"\nsecret = "openid.secret"\n'
    )
    config = load_config(_file(tmp_path, GOOD + tables))
    assert config.assurance.scopes(Assurance.CHIP) == (Scope.OVERVIEW,)
    assert (config.pin.tries, config.pin.longest) == (3, 8)
    assert config.openid is not None
    assert config.openid.secret == tmp_path / "openid.secret"


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("[assurance]\nnotary = []", "gateway.toml: assurance.notary: is no assurance"),
        ("[pin]\ntrys = 1", "gateway.toml: pin.trys: is not known here"),
        ("[pin]\ntries = 0", "gateway.toml: pin.tries: is not a number from 1 to 100"),
        ("[pin]\nshortest = 8\nlongest = 6", "pin.shortest: is more than longest"),
        ("[openid]\nclient_id = 'x'", "gateway.toml: openid.issuer: is missing"),
        ("[openid]\nissuer = 1\nclient_id = 'x'", "gateway.toml: openid.issuer: is not a text"),
    ],
)
def test_broken_table_is_refused(tmp_path: Path, table: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        load_config(_file(tmp_path, f"{GOOD}{table}\n"))


def test_missing_configuration_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read: No such file"):
        load_config(tmp_path / "none.toml")
