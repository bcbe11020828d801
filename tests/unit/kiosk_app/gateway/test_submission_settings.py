"""How the city takes what is handed in, read from its TOML; a wrong key is named."""

import tomllib
from pathlib import Path

import pytest

from kiosk_app.account.model import Channel
from kiosk_app.gateway import submission_settings
from kiosk_app.gateway.config import ConfigError, load_config
from kiosk_app.gateway.sample_city.creation import APPOINTMENTS, SUBMISSIONS_SETTINGS
from kiosk_app.gateway.settings_table import SettingsError
from kiosk_app.gateway.submission_settings import (
    NOTHING_TAKEN,
    SubmissionSettings,
    parse_settings,
)
from kiosk_app.gateway.submissions.services import parse_services

EXAMPLE = (submission_settings.__doc__ or "").partition("\n\n")[2]
FOLDER = Path("/etc/account-gateway")


def parse(text: str) -> SubmissionSettings:
    return parse_settings(tomllib.loads(text), FOLDER)


def test_example_of_the_documentation_is_good() -> None:
    settings = parse(EXAMPLE)
    assert settings.departments["transport"].email == "doprava@mesto.example"
    assert settings.categories["lamp"].department == "transport"
    assert settings.services == FOLDER / "appointments.yaml"
    assert settings.box is not None
    assert settings.box.holds(50.76, 15.05)
    assert not settings.box.holds(50.76, 15.5)
    assert settings.delivery.folder == FOLDER / "outbox"
    assert settings.delivery.smtp is not None
    assert (settings.delivery.smtp.port, settings.delivery.smtp.security) == (587, "starttls")
    assert settings.delivery.sms is not None
    assert settings.delivery.sms.fields["to"] == "{address}"
    assert settings.delivery.channels == {Channel.EMAIL, Channel.SMS}


def test_city_that_takes_nothing() -> None:
    assert parse("") == NOTHING_TAKEN
    assert parse("").delivery.channels == frozenset()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("departments = 5", "departments: is not a table"),
        ("[departments.x]\ncs = 'x'", "departments.x.en: is not a text"),
        ("[departments.x]\ncs = 'x'\nen = ' '", "departments.x.en: is not a text"),
        ("[departments.x]\ncs = 'x'\nen = 'x'\nfax = 'x'", "departments.x.fax: is not known"),
        ("[departments.x]\ncs = 'x'\nen = 'x'\nemail = 'x'", "delivery: says no way"),
        ("[topics.x]\ncs = 'x'\nen = 'x'\nmore = 1", "topics.x.more: is not known"),
        (
            "[defects.categories.x]\ncs = 'x'\nen = 'x'\ndepartment = 'y'",
            "defects.categories.x.department: is not among",
        ),
        ("[defects]\nbox = [50.8, 15.0, 50.7, 15.2]", "defects.box: is not south"),
        ("[defects]\nbox = [50, 15]", "defects.box: is not south"),
        ("[defects]\nbox = []", "defects.box: is not a list"),
        ("[defects]\ncolour = 1", "defects.colour: is not known"),
        ("[appointments]\nfile = 'x'", "appointments.file: is not known"),
        ("[delivery]\nsms_countries = ['420']", "delivery.sms_countries: is not"),
        ("[delivery]\nsms_countries = ['+']", "delivery.sms_countries: is not"),
        ("[delivery]\nsms_countries = ['+420', 1]", "delivery.sms_countries: is not"),
        ("[delivery]\npigeon = 1", "delivery.pigeon: is not known"),
        ("[delivery.smtp]\nhost = 'x'", "delivery.smtp.sender: is not a text"),
        (
            "[delivery.smtp]\nhost = 'x'\nsender = 'x'\nport = 0",
            "delivery.smtp.port: is not a number from 1 to 65535",
        ),
        (
            "[delivery.smtp]\nhost = 'x'\nsender = 'x'\nsecurity = 'ssl'",
            "delivery.smtp.security: is none of none, starttls, tls",
        ),
        (
            "[delivery.smtp]\nhost = 'x'\nsender = 'x'\nsecurity = 'none'\ncredentials = 'x'",
            "delivery.smtp.credentials: are never sent without TLS",
        ),
        (
            "[delivery.sms]\nurl = 'http://sms.example/'\nfields = {to = 'x'}",
            "delivery.sms.url: does not begin with https://",
        ),
        ("[delivery.sms]\nurl = 'https://x/'\nfields = {to = 5}", "fields.to: is not a text"),
    ],
)
def test_wrong_key_is_named(text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(text)
    assert sentence in str(refused.value)


def test_defects_need_to_know_where_the_city_is() -> None:
    categories = EXAMPLE.replace("box = [50.69, 14.94, 50.83, 15.18]", "")
    with pytest.raises(SettingsError, match=r"defects\.box: is missing"):
        parse(categories)


def test_sample_city_takes_everything(tmp_path: Path) -> None:
    needed = ("certificate", "key", "client_ca", "csca", "database", "state")
    keys = "".join(f"{name} = 'x'\n" for name in needed)
    file = tmp_path / "gateway.toml"
    file.write_text(keys + SUBMISSIONS_SETTINGS.read_text("utf-8"), "utf-8")
    config = load_config(file)
    settings = config.submissions
    assert settings.categories
    assert settings.topics
    assert settings.services == tmp_path / APPOINTMENTS.name
    assert len(parse_services(APPOINTMENTS.read_bytes(), APPOINTMENTS.name)) == 3
    file.write_text(keys + "[delivery]\nfolder = 5", "utf-8")
    with pytest.raises(ConfigError, match=r"gateway\.toml: delivery\.folder: is not a text"):
        load_config(file)
