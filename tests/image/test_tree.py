"""The Buildroot tree is whole and names the versions of the lock; it builds no image."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TREE = ROOT / "images" / "buildroot"
PACKAGES = sorted(path.name for path in (TREE / "package").iterdir())
BOARDS = sorted(path.name for path in (TREE / "boards").iterdir())
CONFIGS = sorted(TREE.glob("fragments/*.config")) + sorted(TREE.glob("boards/*/board.config"))
OPTION = re.compile(r'BR2_[A-Za-z0-9_]+=(y|"[^"]*"|[0-9]+)')


def locked(name: str) -> tuple[str, set[str]]:
    """Version and archive hashes of a package in the lock."""
    lock = (ROOT / "requirements.lock").read_text()
    match = re.search(rf"^{re.escape(name)}==(\S+) \\\n((?:    --hash=.*\n)+)", lock, re.MULTILINE)
    assert match, f"{name} is not in requirements.lock"
    return match[1], set(re.findall(r"sha256:([0-9a-f]{64})", match[2]))


def meta(board: str) -> dict[str, str]:
    lines = (TREE / "boards" / board / "meta").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def options(config: Path) -> list[str]:
    lines = config.read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_tree_has_a_name_and_its_files_use_it() -> None:
    name = re.search(r"^name: ([A-Z_]+)$", (TREE / "external.desc").read_text(), re.MULTILINE)
    assert name
    for file in ("external.mk", "Config.in"):
        assert f"BR2_EXTERNAL_{name[1]}_PATH" in (TREE / file).read_text()


def test_the_menu_names_exactly_the_packages_that_exist() -> None:
    named = re.findall(r"package/([a-z0-9-]+)/Config\.in", (TREE / "Config.in").read_text())
    assert sorted(named) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_package_has_the_version_and_archive_of_the_lock(package: str) -> None:
    folder = TREE / "package" / package
    distribution = package.removeprefix("python-")
    recipe = (folder / f"{package}.mk").read_text()
    version, hashes = locked(distribution)
    assert re.search(rf"_VERSION = {re.escape(version)}$", recipe, re.MULTILINE)
    found = re.findall(
        r"^sha256  ([0-9a-f]{64})  (\S+)$", (folder / f"{package}.hash").read_text(), re.MULTILINE
    )
    assert [name for _, name in found] == [f"{distribution}-{version}.tar.gz"]
    assert {digest for digest, _ in found} <= hashes


@pytest.mark.parametrize("package", PACKAGES)
def test_package_option_is_declared(package: str) -> None:
    option = "BR2_PACKAGE_" + package.replace("-", "_").upper()
    assert f"config {option}\n" in (TREE / "package" / package / "Config.in").read_text()


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_configuration_is_made_of_options_each_once(config: Path) -> None:
    lines = options(config)
    assert lines
    assert all(OPTION.fullmatch(line) for line in lines)
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("board", BOARDS)
def test_board_takes_fragments_and_roles_that_exist(board: str) -> None:
    facts = meta(board)
    assert facts["BOARD"] == board
    for fragment in (*facts["FRAGMENTS"].split(), *facts["ROLES"].split()):
        assert (TREE / "fragments" / f"{fragment}.config").is_file()
    assert (TREE / "boards" / board / "board.config").is_file()


@pytest.mark.parametrize("board", BOARDS)
def test_no_two_pieces_of_a_board_contradict_each_other(board: str) -> None:
    facts = meta(board)
    for role in facts["ROLES"].split():
        names = [*facts["FRAGMENTS"].split(), role]
        pieces = [TREE / "fragments" / f"{name}.config" for name in names]
        pieces.append(TREE / "boards" / board / "board.config")
        chosen: dict[str, str] = {}
        for line in (line for piece in pieces for line in options(piece)):
            option, value = line.split("=", 1)
            assert chosen.setdefault(option, value) == value
