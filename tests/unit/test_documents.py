"""What README and docs name is there: every path, and every target of make."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("docs/adr/*.md"),
        *ROOT.glob("images/**/README.md"),
    ]
)
QUOTED = re.compile(r"`([^`\s]+)`")
LINKED = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"(?:`|^)make ([a-z-]+)", re.MULTILINE)
TOP = {"kiosk_app", "signage_player", "device_agent", "playlists", "provisioning", "images"}
ROOTS = TOP | {"tests", "docs", ".ci"}
DOTTED = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
# Written as examples: made by a command, or not there yet.
EXAMPLES = {"docs/adr/NNNN-title.md"}


def named_paths(text: str) -> set[str]:
    """Paths in backticks that begin at the top, and dotted names of our packages."""
    found = set()
    for word in QUOTED.findall(text):
        path = "/" in word and word.split("/", 1)[0] in ROOTS
        name = DOTTED.fullmatch(word) and word.split(".", 1)[0] in TOP
        if path or name:
            found.add(word)
    return found - EXAMPLES


def exists(name: str) -> bool:
    """A path (with `*` too), or a module, or a name that a module defines."""
    if "/" in name:
        return any(ROOT.glob(name.rstrip("/")))
    path = ROOT.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module = path.parent.with_suffix(".py")
    source = module if module.is_file() else path.parent / "__init__.py"
    return source.is_file() and re.search(rf"\b{path.name}\b", source.read_text()) is not None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [name for name in sorted(named_paths(text)) if not exists(name)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    targets = [
        target
        for target in LINKED.findall(document.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_target_that_a_document_names_exists(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    if "buildroot" in str(document):
        return  # Buildroot's own make
    assert set(MAKE.findall(document.read_text(encoding="utf-8"))) <= known


def test_a_table_row_is_whole_when_it_names_a_file_by_its_last_part() -> None:
    """In “to change X, open Y” a bare file name stands beside the folder it is in."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|") and ".py`" in line]
    assert rows
    for row in rows:
        words = QUOTED.findall(row)
        folders = [ROOT / Path(word).parent for word in words if word.split("/", 1)[0] in ROOTS]
        for word in words:
            if word.endswith((".py", "/")) and word.split("/", 1)[0] not in ROOTS:
                there = [any(folder.glob(word.rstrip("/"))) for folder in folders]
                above = [any(folder.parent.glob(word.rstrip("/"))) for folder in folders]
                assert any(there + above), f"{word} in “{row}”"


def test_a_path_that_is_not_there_is_found() -> None:
    words = "`kiosk_app/no_such.py` `kiosk_app.session.nothing` `tests/unit/` `text/html`"
    assert named_paths(words) == {
        "kiosk_app/no_such.py",
        "kiosk_app.session.nothing",
        "tests/unit/",
    }
    assert not exists("kiosk_app/no_such.py")
    assert not exists("kiosk_app.session.nothing")
    assert exists("tests/unit/")
    assert exists("playlists.due")
