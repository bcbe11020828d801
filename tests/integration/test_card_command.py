"""`kiosk-app card read` on a real pcscd: each kind of card, each cause with its exit code."""

import argparse
import io
import json
import re
import sys
from collections.abc import Iterator

import pytest

from kiosk_app.cards import command_line
from kiosk_app.cards.causes import CardCause
from kiosk_app.cards.command_line import EXIT_CODES, WRONG_USE
from tests.fakes.card_reader import READER_NAME
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.document_signer.people import lines
from tests.fakes.virtual_card.all_samples import make
from tests.integration.card_rig import CardRig, card_rig

STATE = SampleState()
PERSONAL = {"birth_number", "birth_place", "marital_status", "optional_data"}


@pytest.fixture(scope="module")
def rig() -> Iterator[CardRig]:
    with pytest.MonkeyPatch.context() as patch, card_rig(patch) as rig:
        yield rig


def read(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command_line.add_parser(parser.add_subparsers())
    return command_line.run_read(parser.parse_args(["card", "read", *arguments]))


def test_an_icao_card_by_its_can(rig: CardRig, capsys: pytest.CaptureFixture[str]) -> None:
    rig.change(make("jana", STATE))
    assert read("--can", "123456", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts == {
        "kind": "icao",
        "reader": READER_NAME,
        "surname": "VZOROVA",
        "given_names": "JANA",
        "birth": "1984-05-17",
        "sex": "F",
        "nationality": "CZE",
        "document_code": "ID",
        "issuing_state": "CZE",
        "document_number": "999009812",
        "expiry": "2034-01-01",
        "access": facts["access"],
        "chip_authentication": True,
        "active_authentication": False,
        "expired": False,
        "verified": False,
    }
    assert "pace" in facts["access"].lower()
    assert read("--can", "123456", "--personal") == 0
    assert "Optional data:" in capsys.readouterr().out


@pytest.mark.parametrize("written", [lines(JANA), "999009812 840517 340101"])
def test_an_icao_card_by_its_printed_lines(
    rig: CardRig, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    rig.change(make("jana", STATE))
    assert read("--mrz", written) == 0
    assert re.search(r"^Surname: +VZOROVA$", capsys.readouterr().out, re.MULTILINE)


def test_the_can_from_the_input_and_from_the_environment(
    rig: CardRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.change(make("jana", STATE))
    monkeypatch.setattr(sys, "stdin", io.StringIO("123456\n"))
    assert read("--can", "-") == 0
    monkeypatch.setenv("KIOSK_APP_CAN", "123456")
    assert read("--reader", "Virtual") == 0


def test_an_icao_card_without_a_password_says_what_is_needed(
    rig: CardRig, capsys: pytest.CaptureFixture[str]
) -> None:
    rig.change(make("jana", STATE))
    assert read() == WRONG_USE
    said = capsys.readouterr()
    assert "six digits printed on it (--can)" in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_contact_card_needs_no_password(rig: CardRig, capsys: pytest.CaptureFixture[str]) -> None:
    rig.change(make("jana-contact", STATE))
    assert read("--json") == 0
    said = capsys.readouterr().out
    facts = json.loads(said)
    assert facts == {
        "kind": "eobcanka-contact",
        "reader": READER_NAME,
        "surname": "VZOROVÁ",
        "given_names": "JANA",
        "birth": "1984-05-17",
        "sex": "F",
        "document_number": "999009812",
        "expiry": "2039-01-01",
        "card_number": "0000999009812",
        "serial_number": "0001020339383132",
        "iok_state": "normal",
        "iok_tries_left": 3,
        "iok_tries_most": 3,
        "dok_state": "normal",
        "dok_tries_left": 10,
        "dok_tries_most": 10,
        "issuer": f"CN=Vydavatel VZOR {STATE.seed},C=CZ",
        "issuers_on_chip": 0,
        "expired": False,
        "verified": False,
    }
    assert not PERSONAL & facts.keys()
    assert "8455179999" not in said


def test_the_birth_number_only_on_demand(rig: CardRig, capsys: pytest.CaptureFixture[str]) -> None:
    rig.change(make("jana-contact", STATE))
    assert read("--personal") == 0
    assert "8455179999" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "arguments", "cause", "said"),
    [
        ("jana", ("--can", "000000"), CardCause.WRONG_CAN, "Tries left: 4"),
        ("old-passport", ("--can", "123456"), CardCause.UNSUPPORTED, "machine readable"),
        ("expired", ("--can", "123456"), CardCause.EXPIRED, ""),
        ("wrong-mac", ("--can", "123456"), CardCause.DAMAGED, ""),
        ("endless", ("--can", "123456"), CardCause.DAMAGED, ""),
        ("pulled", ("--can", "123456"), CardCause.TAKEN_TOO_EARLY, ""),
        ("library", ("--can", "123456"), CardCause.UNSUPPORTED, ""),
        ("turned-over", (), CardCause.TURNED_OVER, ""),
        ("bank", (), CardCause.UNSUPPORTED, ""),
        ("bank", ("--can", "123456"), CardCause.UNSUPPORTED, ""),
        ("expired-contact", (), CardCause.EXPIRED, ""),
    ],
)
def test_each_cause_has_its_code_and_one_sentence(
    rig: CardRig,
    capsys: pytest.CaptureFixture[str],
    name: str,
    arguments: tuple[str, ...],
    cause: CardCause,
    said: str,
) -> None:
    rig.change(make(name, STATE))
    assert read(*arguments) == EXIT_CODES[cause]
    printed = capsys.readouterr()
    assert printed.err.startswith(f"kiosk-app card read: {cause.value}: ")
    assert printed.err.count("\n") == 1
    assert said in printed.err
    assert "123456" not in printed.err
    assert bool(printed.out) is (cause is CardCause.EXPIRED)  # an expired card's facts are told


def test_no_card_and_no_such_reader(rig: CardRig, capsys: pytest.CaptureFixture[str]) -> None:
    rig.slot.take()
    rig.wait_until(present=False)
    assert read("--can", "123456") == EXIT_CODES[CardCause.TAKEN_TOO_EARLY]
    assert "No card lies on a reader." in capsys.readouterr().err
    assert read("--reader", "Other") == EXIT_CODES[CardCause.READER_MISSING]
    assert f"there are: {READER_NAME}" in capsys.readouterr().err


def test_no_reader_and_no_service(rig: CardRig, capsys: pytest.CaptureFixture[str]) -> None:
    rig.reader.restart(None)
    try:
        assert read() == EXIT_CODES[CardCause.READER_MISSING]
        assert "There is no card reader." in capsys.readouterr().err
        rig.reader.kill()
        assert read() == EXIT_CODES[CardCause.READER_MISSING]
        assert "PC/SC says:" in capsys.readouterr().err
        rig.reader.start()
    finally:
        rig.reader.restart()


def test_every_cause_has_a_code() -> None:
    assert set(EXIT_CODES) == set(CardCause)
    assert len(set(EXIT_CODES.values())) == len(EXIT_CODES)
    assert not {0, 1, WRONG_USE} & set(EXIT_CODES.values())
