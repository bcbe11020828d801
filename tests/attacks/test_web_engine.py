"""Hostile pages in the kiosk's real engine on a real X server; two servers count who was asked."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {
    "/good": "<title>start</title><script>document.title='ran'</script>",
    "/image": "<title>image</title><img src='OTHER/pixel.png'>",
    "/fetch": "<title>wait</title><script>fetch('OTHER/api').then(()=>document.title='got')"
    ".catch(()=>document.title='blocked')</script>",
    "/frame": "<title>frame</title><iframe src='OTHER/frame'></iframe>"
    "<iframe src='file:///etc/passwd'></iframe>",
    "/script-away": "<title>away</title><script>location.href='OTHER/away'</script>",
    "/refresh-file": "<title>stays</title><meta http-equiv=refresh content='0;file:///etc/passwd'>",
    "/to-data": "<title>stays</title><script>location.href='data:text/html,<title>d</title>'"
    "</script>",
    "/to-blob": "<title>stays</title><script>location.href=URL.createObjectURL(new Blob("
    "['<title>blob</title>'],{type:'text/html'}))</script>",
    "/dialogs": "<title>wait</title><script>for(let i=0;i<200;i++)alert(i);"
    "document.title=[confirm('?'),prompt('?')].join()</script>",
    "/popup": "<title>wait</title><script>document.title=String(window.open('/good'))</script>",
    "/form-away": "<title>form</title><form id=f action='OTHER/form' method=post></form>"
    "<script>f.submit()</script>",
    "/save": "<title>save</title><a id=a download=x.txt href='/download'>x</a>"
    "<script>a.click()</script>",
    "/external": "<title>stays</title><script>location.href='intent://x#Intent;end'</script>",
    "/cookie": "<title>wait</title><script>document.cookie='id=SECRETCOOKIE; max-age=99999';"
    "localStorage.setItem('a','SECRETSTORAGE');document.title=document.cookie</script>",
}


@dataclass
class Site:
    """A local server and the paths it was asked for."""

    server: ThreadingHTTPServer
    asked: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


def serve(other: str) -> Site:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            if self.path == "/redirect":
                self.send_response(302)
                self.send_header("Location", f"{other}/redirected")
                self.end_headers()
                return
            body = PAGES.get(self.path, "nothing").replace("OTHER", other).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if self.path == "/download":
                self.send_header("Content-Disposition", "attachment; filename=DOWNLOADED.txt")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            pass

    site = Site(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    threading.Thread(target=site.server.serve_forever, daemon=True).start()
    return site


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@dataclass(frozen=True)
class Outcome:
    """What became of all pages."""

    pages: dict[str, dict[str, Any]]
    good: Site
    other: Site
    home: Path


@pytest.fixture(scope="module")
def outcome(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    home = tmp_path_factory.mktemp("home")
    other = serve("")
    good = serve(other.origin)
    urls = [good.origin + path for path in (*PAGES, "/redirect", "/download")]
    urls += [f"{other.origin}/direct", "file:///etc/passwd", "data:text/html,<title>d</title>"]
    environment = {
        **os.environ,
        "DISPLAY": display,
        "HOME": str(home),
        "QT_QPA_PLATFORM": "xcb",
        "QT_QUICK_BACKEND": "software",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu",
    }
    command = [sys.executable, "-m", "tests.attacks.web_probe", good.origin, *urls]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=150, check=True
    )
    pages = {found["url"]: found for found in map(json.loads, done.stdout.splitlines())}
    yield Outcome(cast("dict[str, dict[str, Any]]", pages), good, other, home)
    for site in (good, other):
        site.server.shutdown()
        site.server.server_close()


def title(outcome: Outcome, path: str) -> str:
    return str(outcome.pages[outcome.good.origin + path]["title"])


def test_a_listed_page_loads_and_its_script_runs(outcome: Outcome) -> None:
    assert title(outcome, "/good") == "ran"


def test_no_page_reaches_another_host_in_any_way(outcome: Outcome) -> None:
    """Picture, fetch, frame, script, redirect, form, direct address: nothing arrives there."""
    assert outcome.other.asked == []
    assert title(outcome, "/fetch") == "blocked"


@pytest.mark.parametrize("path", ["/refresh-file", "/to-data", "/to-blob", "/external"])
def test_page_cannot_leave_for_another_scheme(outcome: Outcome, path: str) -> None:
    assert title(outcome, path) == "stays"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:text/html,<title>d</title>"])
def test_refused_address_shows_nothing(outcome: Outcome, url: str) -> None:
    assert outcome.pages[url]["loads"] in ([], [False])
    assert outcome.pages[url]["title"] in ("", "about:blank")


def test_alert_loop_shows_no_dialog_and_ends(outcome: Outcome) -> None:
    assert title(outcome, "/dialogs") == "false,"


def test_popup_is_not_opened(outcome: Outcome) -> None:
    assert title(outcome, "/popup") == "null"
    assert all(found["windows"] == 1 for found in outcome.pages.values())


def test_download_leaves_no_file(outcome: Outcome) -> None:
    assert "/download" in outcome.good.asked
    assert not list(outcome.home.rglob("*DOWNLOADED*"))
    assert not list(ROOT.glob("DOWNLOADED*"))


def test_nothing_a_page_stored_is_on_disk_afterwards(outcome: Outcome) -> None:
    assert "SECRETCOOKIE" in title(outcome, "/cookie")
    for path in outcome.home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"SECRETCOOKIE" not in data
            assert b"SECRETSTORAGE" not in data
