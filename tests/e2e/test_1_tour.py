"""The tour that `make demo` walks, step by step; its times are reported, not gated."""

from pathlib import Path

import pytest

from tests.demo.report import Report
from tests.demo.running import Demo
from tests.demo.tour import STEPS, walk


@pytest.fixture(scope="module")
def report(city: Demo, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    folder = tmp_path_factory.mktemp("tour")
    return walk(city, folder), folder


@pytest.mark.timeout(300)
@pytest.mark.parametrize("letter", [letter for letter, _, _ in STEPS])
def test_step_of_the_tour(report: tuple[Report, Path], letter: str) -> None:
    step = next(result for result in report[0].results if result.letter == letter)
    assert step.failure == ""


def test_the_report_shows_every_step_with_a_picture(report: tuple[Report, Path]) -> None:
    page = (report[1] / "report.html").read_text(encoding="utf-8")
    for result in report[0].results:
        assert f"({result.letter}) " in page
        assert result.pictures
    assert page.count("<img ") == sum(len(result.pictures) for result in report[0].results)
    assert len(list((report[1] / "screenshots").iterdir())) == page.count("<img ")
