"""The real player on a real display: pictures, alerts, switches, crashes and bad media."""

import hashlib
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from device_agent.wire.local import Alerts, AlertShown, Beat, Hello, ProgrammeReady, ProofOfPlay
from playlists import (
    Blob,
    Image,
    Item,
    Playlist,
    Programme,
    Schedule,
    Sequence,
    Sha256,
    Video,
    Zone,
)
from tests.demo.programme import sample_programme
from tests.demo.reserved import ReservedDisplays
from tests.integration.player_rig import (
    agent_end,
    film_of,
    grab,
    install,
    is_blank,
    near,
    player,
    sample_alert,
    wait_for,
    x_server,
)

_OWN_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ")
"""Whatever else stands in the log is noise of a library."""
PAPER = (246, 244, 238)
RED = (138, 13, 28)


@pytest.fixture
def displays() -> Iterator[ReservedDisplays]:
    reserved = ReservedDisplays()
    yield reserved
    reserved.close()


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


def _single(blob: Blob, *items: Item, others: tuple[Blob, ...] = ()) -> Programme:
    return Programme(
        "lobby",
        1,
        "test",
        (Zone("main", 0, 0, 100, 100),),
        (Playlist("base", (Sequence("main", items),)),),
        Schedule("base"),
        (blob, *others),
    )


def _log(content: Path) -> str:
    return (content / "player.log").read_text("utf-8")


def test_film_image_and_page_follow_each_other_without_a_blank_frame(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    install(tmp_path, programme, files)
    begin = time.monotonic()
    with player(display, tmp_path) as process:
        wait_for(lambda: "shows" in _log(tmp_path), "the first item", 20)
        print(f"cold start to first picture: {time.monotonic() - begin:.2f} s")  # noqa: T201 - a figure for the reader
        time.sleep(0.2)
        with film_of(display) as frames:
            wait_for(lambda: _log(tmp_path).count("shows") >= 5, "four swaps", 30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert len(frames) > 100
    assert [number for number, frame in enumerate(frames) if is_blank(frame)] == []
    for item in programme.items():
        assert f"shows {item.id}" in _log(tmp_path)
    assert [line for line in _log(tmp_path).splitlines() if not _OWN_LINE.match(line)] == []


def test_one_film_after_the_other_does_not_end_the_player(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    alone = _only(programme, "skola")
    film = replace(alone.items()[0], duration_ms=2000)
    two = (film, replace(film, id="skola-2"))
    films = replace(alone, playlists=(Playlist("base", (Sequence("main", two),)),))
    install(tmp_path, films, files)
    with player(display, tmp_path) as process:
        wait_for(lambda: _log(tmp_path).count("shows skola") >= 4, "three swaps", 20)
        assert process.poll() is None


def test_alert_covers_everything_at_once_and_is_withdrawn_at_once(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 2)
    only_image = _only(programme, "odpad")
    install(tmp_path, only_image, files)
    with agent_end(tmp_path / "agent.socket") as agent, player(display, tmp_path, agent.path):
        wait_for(lambda: near(grab(display), 300, 700, PAPER), "the slide", 20)
        wait_for(lambda: bool(agent.of(Beat)), "a beat", 20)
        alert = sample_alert()
        agent.say(Alerts((alert,)))
        raised = wait_for(lambda: near(grab(display), 20, 360, RED), "the alert", 2)
        wait_for(lambda: bool(agent.of(AlertShown)), "the proof of display", 2)
        wait_for(lambda: "alert vzor-1" in str(agent.of(Beat)[-1:]), "a beat that names it", 3)
        agent.say(Alerts(()))
        lowered = wait_for(lambda: near(grab(display), 20, 360, PAPER), "the slide again", 2)
        print(f"alert raised in {raised * 1000:.0f} ms, lowered in {lowered * 1000:.0f} ms")  # noqa: T201 - figures
        assert isinstance(agent.heard[0], Hello)
        assert [str(m) for m in agent.of(ProofOfPlay)], "the slide was shown until the alert"


def test_a_new_programme_takes_over_without_a_blank_frame(
    display: str, media: Path, tmp_path: Path
) -> None:
    first, files = sample_programme(media, 1)
    install(tmp_path, _only(first, "odpad"), files)
    second, more = sample_programme(media, 2)
    with agent_end(tmp_path / "agent.socket") as agent, player(display, tmp_path, agent.path):
        wait_for(lambda: bool(agent.of(Beat)) and not is_blank(grab(display)), "a picture", 20)
        wait_for(lambda: "shows odpad" in _log(tmp_path), "the old slide", 20)
        with film_of(display) as frames:
            path = install(tmp_path, _only(second, "vylety"), more)
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            agent.say(ProgrammeReady(str(path), sha256))
            wait_for(lambda: "shows vylety" in _log(tmp_path), "the new slide", 5)
            time.sleep(0.3)
        assert frames
        assert not any(is_blank(frame) for frame in frames)
        wait_for(lambda: "version 2" in str(agent.of(Beat)[-1:]), "a beat with version 2", 3)


def test_sigkill_of_the_web_renderer_is_repaired_with_the_page_back(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    install(tmp_path, _only(programme, "agenda"), files)
    with agent_end(tmp_path / "agent.socket") as agent, player(display, tmp_path, agent.path) as p:
        wait_for(lambda: "shows agenda" in _log(tmp_path), "the page", 20)
        wait_for(lambda: near(grab(display), 1250, 20, PAPER), "the page's pixels", 5)
        for renderer in _renderers(p.pid):
            subprocess.run(["kill", "-KILL", renderer], check=False)  # one may end by itself
        wait_for(lambda: _log(tmp_path).count("shows agenda") >= 2, "the page again", 8)
        wait_for(lambda: near(grab(display), 1250, 20, PAPER), "the page's pixels again", 5)
        wait_for(lambda: "renderer ended" in str(agent.of(Beat)[-1:]), "the report", 5)


def test_sigkill_of_the_renderer_of_a_page_that_waits_behind_brings_no_blank_page(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    items = tuple(replace(i, duration_ms=6000) for i in programme.items() if i.id != "skola")
    slide_and_page = Playlist("base", (Sequence("main", items),))
    blobs = tuple(b for b in programme.blobs if b.sha256 in {item.blob for item in items})
    install(tmp_path, replace(programme, playlists=(slide_and_page,), blobs=blobs), files)
    with player(display, tmp_path) as process:
        wait_for(lambda: "shows odpad" in _log(tmp_path), "the slide", 30)
        pages = _log(tmp_path).count("shows agenda")
        time.sleep((4 - time.time()) % 12)  # the page's turn begins at 6 s of 12 s
        for renderer in _renderers(process.pid):
            subprocess.run(["kill", "-KILL", renderer], check=False)  # one may end by itself
        with film_of(display) as frames:
            wait_for(lambda: _log(tmp_path).count("shows agenda") > pages, "the page", 14)
            time.sleep(0.5)
        assert frames
        assert not any(is_blank(frame) for frame in frames)


def test_a_player_whose_zygotes_are_killed_ends_and_starts_anew(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    install(tmp_path, _only(programme, "agenda"), files)
    with player(display, tmp_path) as process:
        wait_for(lambda: "shows agenda" in _log(tmp_path), "the page", 20)
        time.sleep(1.5)
        killed = time.monotonic()
        for zygote in _zygotes(process.pid):
            subprocess.run(["kill", "-KILL", zygote], check=True)
        assert process.wait(10) == 1
    with player(display, tmp_path):
        wait_for(lambda: _log(tmp_path).count("shows agenda") >= 2, "the page again", 20)
        wait_for(lambda: near(grab(display), 1250, 20, PAPER), "the page's pixels again", 5)
        print(f"kill of the zygotes to page back: {time.monotonic() - killed:.2f} s")  # noqa: T201 - a figure for the reader


def test_zygotes_killed_under_an_alert_do_not_take_the_alert_away(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    install(tmp_path, _only(programme, "agenda"), files)
    with agent_end(tmp_path / "agent.socket") as agent, player(display, tmp_path, agent.path) as p:
        wait_for(lambda: "shows agenda" in _log(tmp_path), "the page", 20)
        wait_for(lambda: bool(agent.of(Beat)), "a beat", 20)
        agent.say(Alerts((sample_alert(),)))
        wait_for(lambda: near(grab(display), 20, 360, RED), "the alert", 5)
        for zygote in _zygotes(p.pid):
            subprocess.run(["kill", "-KILL", zygote], check=True)
        beats = len(agent.of(Beat))
        wait_for(lambda: len(agent.of(Beat)) >= beats + 3, "three more beats", 10)
        assert p.poll() is None
        assert near(grab(display), 20, 360, RED)
        agent.say(Alerts(()))
        assert p.wait(10) == 1


def test_x_server_that_dies_and_comes_back(
    media: Path, tmp_path: Path, displays: ReservedDisplays
) -> None:
    programme, files = sample_programme(media, 1)
    install(tmp_path, programme, files)
    # While the server is down no other test's server may be given its number.
    name = f":{displays.next()}"
    with ExitStack() as server:
        server.enter_context(x_server(name))
        with player(name, tmp_path) as process:
            wait_for(lambda: "shows" in _log(tmp_path), "the first item", 20)
            server.close()
            assert process.wait(10) == 1
    with player(name, tmp_path) as process:
        wait_for(lambda: "There is no display" in _log(tmp_path), "the wait", 20)
        with x_server(name):
            wait_for(lambda: _log(tmp_path).count("shows") >= 2, "an item again", 20)
            wait_for(lambda: not is_blank(grab(name)), "a picture", 5)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0


def test_film_cut_in_half_is_shown_and_reported(display: str, media: Path, tmp_path: Path) -> None:
    _, files = sample_programme(media, 1)
    whole = next(path for path in files.values() if path.suffix == ".mp4").read_bytes()
    half = tmp_path / "half.mp4"
    half.write_bytes(whole[: len(whole) // 2])
    sha256 = Sha256(hashlib.sha256(half.read_bytes()).hexdigest())
    film = Video("pulka", sha256, 10_000, "Půlka")
    programme = _single(Blob(sha256, half.stat().st_size, "video/mp4"), film)
    with agent_end(tmp_path / "agent.socket") as agent, player(display, tmp_path, agent.path):
        wait_for(lambda: bool(agent.of(Beat)), "a beat", 20)
        time.sleep(10 - time.time() % 10)  # the film's turn begins, so it plays from its start
        install(tmp_path, programme, {sha256: half})
        wait_for(lambda: "shows pulka" in _log(tmp_path), "the film", 20)
        wait_for(lambda: "'pulka': the film ends at" in str(agent.of(Beat)), "the report", 20)
        assert not is_blank(grab(display))


def test_truncated_film_is_skipped_and_reported_with_the_picture_standing(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    whole = next(path for path in files.values() if path.suffix == ".mp4")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(whole.read_bytes()[:700])
    bad = Sha256(hashlib.sha256(broken.read_bytes()).hexdigest())
    slide = next(item for item in programme.items() if item.id == "odpad")
    slide_blob = programme.blob(slide.blob)
    assert slide_blob is not None
    mixed = _single(
        Blob(bad, 700, "video/mp4"),
        replace(slide, duration_ms=2000),
        Video("zkracene", bad, 2000, "Zkrácené"),
        others=(slide_blob,),
    )
    install(tmp_path, mixed, {**files, bad: broken})
    with agent_end(tmp_path / "agent.socket") as agent, player(display, tmp_path, agent.path):
        wait_for(lambda: near(grab(display), 300, 700, PAPER), "the slide", 20)
        with film_of(display) as frames:
            time.sleep(4.5)
        assert not any(is_blank(frame) for frame in frames)
        assert _log(tmp_path).count("Skipped: item 'zkracene'") == 1
        wait_for(lambda: "zkracene" in str(agent.of(Beat)[-1:]), "the report", 3)


def test_blob_changed_after_publication_is_not_shown(
    display: str, media: Path, tmp_path: Path
) -> None:
    programme, files = sample_programme(media, 1)
    install(tmp_path, _only(programme, "odpad"), files)
    slide = programme.items()[1]
    assert isinstance(slide, Image)
    target = tmp_path / "blobs" / slide.blob
    target.write_bytes(target.read_bytes()[:-1] + b"X")
    with player(display, tmp_path):
        wait_for(lambda: "not what the programme pins" in _log(tmp_path), "the refusal", 20)
        wait_for(lambda: not is_blank(grab(display)), "the idle screen", 5)
        assert not near(grab(display), 300, 700, PAPER)


def test_without_a_programme_the_city_screen_stands_and_sigkill_brings_no_black(
    display: str, tmp_path: Path, media: Path
) -> None:
    with player(display, tmp_path) as process:
        wait_for(lambda: not is_blank(grab(display)), "the idle screen", 20)
        programme, files = sample_programme(media, 1)
        install(tmp_path, _only(programme, "odpad"), files)
        wait_for(lambda: near(grab(display), 300, 700, PAPER), "the slide, without an agent", 5)
        process.kill()
    with player(display, tmp_path):
        back = wait_for(lambda: near(grab(display), 300, 700, PAPER), "the slide again", 10)
        print(f"SIGKILL to picture back: {back:.2f} s")  # noqa: T201 - a figure for the reader


def _only(programme: Programme, item_id: str) -> Programme:
    """The same programme with one item."""
    item = next(found for found in programme.items() if found.id == item_id)
    blob = programme.blob(item.blob)
    assert blob is not None
    playlist = Playlist("base", (Sequence("main", (item,)),))
    return replace(programme, playlists=(playlist,), blobs=(blob,))


def _renderers(pid: int) -> list[str]:
    """Renderers are forked by a zygote, so they are the children of the player's children."""
    processes = _processes()
    children = {child for child, (parent, _) in processes.items() if parent == pid}
    return [str(child) for child, (parent, _) in processes.items() if parent in children]


def _zygotes(pid: int) -> list[str]:
    return [
        str(child)
        for child, (parent, command) in _processes().items()
        if parent == pid and "--type=zygote" in command
    ]


def _processes() -> dict[int, tuple[int, str]]:
    """Every process: its parent and its command line."""
    listed = subprocess.run(
        ["ps", "--no-headers", "-e", "-ww", "-o", "pid,ppid,args"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    return {int(row[0]): (int(row[1]), row[2]) for row in rows if len(row) > 2}
