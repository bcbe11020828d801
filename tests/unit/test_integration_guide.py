"""docs/integration.md shows the sample city's own file and every field that the code knows."""

import re

import pytest

from kiosk_app.gateway import agenda_command
from kiosk_app.gateway.agenda.declaration import parse_declaration
from kiosk_app.gateway.agenda.items import MAX_ROWS, MAX_TEXT
from kiosk_app.gateway.agenda.kinds import ItemKind, known_fields
from kiosk_app.gateway.breaker import FAILURES, REST
from kiosk_app.gateway.config import PACKAGED_AGENDAS
from kiosk_app.gateway.gathering import WHOLE_SECONDS
from tests.pure_modules import ROOT

GUIDE = (ROOT / "docs" / "integration.md").read_text("utf-8")


def part(name: str) -> str:
    found = re.search(f"<!-- {name}: begin -->\n(.*?)<!-- {name}: end -->", GUIDE, re.DOTALL)
    assert found is not None
    return found[1]


def test_every_field_stands_in_the_guide_as_in_the_code() -> None:
    assert part("fields") == agenda_command.field_table(), "run: account-gateway agenda fields"


@pytest.mark.parametrize("kind", ItemKind)
def test_every_kind_stands_in_the_table(kind: ItemKind) -> None:
    for name in known_fields(kind):
        assert f"| `{kind}` | `{name}` |" in part("fields")


def test_the_example_is_the_sample_citys_file() -> None:
    file = (PACKAGED_AGENDAS / "waste-fee.yaml").read_text("utf-8")
    assert part("waste-fee") == f"```yaml\n{file}```\n"


def test_the_example_over_https_is_a_good_declaration() -> None:
    example = GUIDE.split("## Over HTTPS\n\n```yaml\n")[1].split("```")[0]
    parse_declaration(example.encode(), "parking.yaml")


def test_the_limits_are_those_of_the_code() -> None:
    for limit in (f"| {MAX_ROWS} |", f"| {MAX_TEXT:,} |", f"| {WHOLE_SECONDS:.0f} s |"):
        assert limit in GUIDE
    assert f"| {FAILURES} | it is not asked for {REST:.0f} s" in GUIDE
