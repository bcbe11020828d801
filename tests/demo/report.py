"""Writes the tour's report: one HTML page with pictures and measured times; measures nothing."""

import base64
import html
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Picture:
    """A screenshot: its file name in the report's folder, what it shows, and PNG bytes."""

    name: str
    caption: str
    png: bytes


@dataclass(frozen=True)
class Figure:
    """A measured time in seconds and what it is the time of."""

    what: str
    seconds: float


@dataclass(frozen=True)
class StepResult:
    """How one step of the tour went; `failure` and `late` are empty when it went well."""

    letter: str
    title: str
    seconds: float
    figures: tuple[Figure, ...] = ()
    pictures: tuple[Picture, ...] = ()
    facts: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    failure: str = ""

    @property
    def passed(self) -> bool:
        """It did what it should, and in time."""
        return not self.failure and not self.late


@dataclass(frozen=True)
class Report:
    """The whole tour."""

    begun: datetime
    results: tuple[StepResult, ...] = field(default_factory=tuple)


STYLE = """
:root{--ink:#14212b;--soft:#5b6b78;--line:#d9e0e5;--good:#12715b;--bad:#b3261e;--paper:#f5f7f8}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 Inter,system-ui,sans-serif}main{max-width:1180px;margin:0 auto;padding:48px 24px}
h1{font-size:34px;margin:0 0 4px}h2{font-size:22px;margin:0}
p.lead{color:var(--soft);margin:0 0 32px}
section{background:#fff;border:1px solid var(--line);border-radius:14px;
padding:24px;margin:0 0 24px}
header{display:flex;gap:16px;align-items:baseline;justify-content:space-between}
.mark{font-weight:600;white-space:nowrap}.good{color:var(--good)}.bad{color:var(--bad)}
table{border-collapse:collapse;margin:12px 0}td{padding:4px 24px 4px 0}td.n{text-align:right;
font-variant-numeric:tabular-nums}ul{margin:8px 0;padding-left:20px;color:var(--soft)}
.pictures{display:flex;flex-wrap:wrap;gap:16px;margin-top:16px;align-items:flex-start}
figure{margin:0}
figure img{display:block;max-height:520px;max-width:min(100%,540px);border:1px solid var(--line);
border-radius:8px}figcaption{font-size:14px;color:var(--soft);margin-top:6px;max-width:520px}
.failure{color:var(--bad);white-space:pre-wrap}
"""


def render(report: Report) -> str:
    """The report as one HTML page that needs no other file."""
    failed = [result.letter for result in report.results if not result.passed]
    verdict = f"failed at step {', '.join(failed)}" if failed else "every step passed"
    sections = "".join(_section(result) for result in report.results)
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>Otevřené město: the tour</title><style>{STYLE}</style><main>"
        "<h1>Otevřené město: the tour</h1>"
        f"<p class='lead'>{report.begun:%Y-%m-%d %H:%M} · {verdict} · all persons and cases are"
        f" invented samples</p>{sections}</main></html>"
    )


def _section(result: StepResult) -> str:
    mark = ("good", "✓ passed") if result.passed else ("bad", "✗ failed")
    wrong = "\n".join((result.failure, *result.late)).strip()
    failure = f"<p class='failure'>{html.escape(wrong)}</p>" if wrong else ""
    return (
        f"<section><header><h2>({result.letter}) {html.escape(result.title)}</h2>"
        f"<span class='mark {mark[0]}'>{mark[1]} · {result.seconds:.1f} s</span></header>"
        f"{failure}{_figures(result.figures)}{_facts(result.facts)}"
        f"<div class='pictures'>{''.join(map(_picture, result.pictures))}</div></section>"
    )


def _figures(figures: tuple[Figure, ...]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(f.what)}</td><td class='n'>{f.seconds * 1000:,.0f} ms</td></tr>"
        for f in figures
    )
    return f"<table>{rows}</table>" if rows else ""


def _facts(facts: tuple[str, ...]) -> str:
    items = "".join(f"<li>{html.escape(fact)}</li>" for fact in facts)
    return f"<ul>{items}</ul>" if items else ""


def _picture(picture: Picture) -> str:
    data = base64.b64encode(picture.png).decode()
    caption = html.escape(picture.caption)
    return (
        f"<figure><img alt='{caption}' src='data:image/png;base64,{data}'>"
        f"<figcaption>{caption}</figcaption></figure>"
    )


def write(report: Report, folder: Path) -> Path:
    """Writes `report.html` and the pictures beside it; returns the page's path."""
    shots = folder / "screenshots"
    shutil.rmtree(shots, ignore_errors=True)
    shots.mkdir(parents=True)
    for result in report.results:
        for picture in result.pictures:
            (shots / f"{picture.name}.png").write_bytes(picture.png)
    page = folder / "report.html"
    page.write_text(render(report), encoding="utf-8")
    return page
