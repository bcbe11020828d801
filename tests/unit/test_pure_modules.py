"""Pure modules are there, and ask neither the clock nor the file system by a built-in's help.

What they import is checked by the contract “Decisions are pure”; an import of `datetime` is no
clock, but `datetime.now` is.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pure_modules import ROOT, pure_files

CLOCK = {"now", "today", "utcnow"}
BUILT_INS = {"open", "input", "print", "exec", "eval", "__import__"}
DISK = {"read_text", "read_bytes", "write_text", "write_bytes", "exists", "is_file", "iterdir"}


def impure(source: str) -> Iterator[str]:
    """Calls that reach outside, with their line."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK | DISK:
                yield f"line {node.lineno}: {name}"
            case ast.Call(func=ast.Name(id=name)) if name in BUILT_INS:
                yield f"line {node.lineno}: {name}"
            case _:
                pass


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_module_asks_no_clock_and_opens_no_file(path: Path) -> None:
    assert list(impure(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "date.today()", "open('x')", "p.exists()"])
def test_a_call_that_reaches_outside_is_found(line: str) -> None:
    assert list(impure(line)) != []


def test_a_listed_module_that_is_gone_is_named(tmp_path: Path) -> None:
    contract = 'name = "Decisions are pure"\nsource_modules = ["a.gone"]\n'
    settings = f"[[tool.importlinter.contracts]]\n{contract}"
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(LookupError, match=r"a\.gone"):
        pure_files(tmp_path)
