"""The form of every benchmark: series of samples, a table with the peer beside, JSON; no timing."""

import json
import math
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BUILD = Path("build/bench")


@dataclass(frozen=True)
class Series:
    """Samples of one thing in milliseconds."""

    name: str
    samples: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """Nearest-rank percentile, `share` in 0..1; the samples must not be empty."""
        ordered = sorted(self.samples)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True)
class Goal:
    """A promise about a series: its percentile stays below a number of milliseconds."""

    share: float
    milliseconds: float

    def met_by(self, series: Series) -> bool:
        """True when the promise holds for these samples."""
        return series.percentile(self.share) < self.milliseconds


@dataclass(frozen=True)
class Result:
    """One benchmark: ours, what stands beside it from the same run, and what was promised."""

    name: str
    ours: Series
    beside: tuple[Series, ...]
    goal: Goal | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """Median of ours over the median of the first peer."""
        return self.ours.percentile(0.5) / self.beside[0].percentile(0.5)


def table(result: Result) -> str:
    """The result as text: one row a series, the goal and the ratio below."""
    rows = [f"{'':46}{'n':>5}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}  ms"]
    for series in (result.ours, *result.beside):
        figures = (series.percentile(share) for share in (0.5, 0.95, 0.99, 1.0))
        cells = "".join(f"{figure:9.1f}" for figure in figures)
        rows.append(f"{series.name:46}{len(series.samples):5}{cells}")
    lines = [f"\n{result.name}", *rows, f"ratio of medians to “{result.beside[0].name}”: "]
    lines[-1] += f"{result.ratio:.2f}"
    if result.goal:
        verdict = "met" if result.goal.met_by(result.ours) else "NOT met"
        promised = f"p{result.goal.share * 100:g} under {result.goal.milliseconds:g} ms"
        lines.append(f"goal: {promised}: {verdict}")
    if result.note:
        lines.append(result.note)
    return "\n".join(lines)


def write_json(name: str, results: Sequence[Result], folder: Path = BUILD) -> Path:
    """Writes all samples with the machine's description to `<folder>/<name>.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    body = {
        "machine": {"system": platform.platform(), "python": platform.python_version()},
        "results": [_as_json(result) for result in results],
    }
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _as_json(result: Result) -> dict[str, object]:
    everything = {
        series.name: {
            "samples_ms": list(series.samples),
            **{f"p{share * 100:g}": series.percentile(share) for share in (0.5, 0.95, 0.99)},
        }
        for series in (result.ours, *result.beside)
    }
    goal = result.goal and {
        "share": result.goal.share,
        "milliseconds": result.goal.milliseconds,
        "met": result.goal.met_by(result.ours),
    }
    return {"name": result.name, "series": everything, "ratio": result.ratio, "goal": goal}
