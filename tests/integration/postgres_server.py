"""A real PostgreSQL of the tests' own: a temporary cluster on a Unix socket, stopped by its pid.

PostgreSQL refuses to run as root: there it runs as the user `postgres` of Debian's package.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

_BINARIES: Final = Path("/usr/lib/postgresql")
_PATIENCE: Final = 30.0
_INITDB: Final = (
    *("--username", "postgres", "--auth", "trust", "--encoding", "UTF8"),
    *("--locale", "C.UTF-8", "--no-sync", "--no-instructions"),
)
_SETTINGS: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
}


@dataclass
class PostgresServer:
    """One cluster; `database()` makes a fresh database in it."""

    folder: Path
    _running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def pid(self) -> int:
        """The process that listens."""
        assert self._running is not None
        return self._running.pid

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database as the superuser of this cluster."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def database(self, like: str | None = None) -> str:
        """The SQLAlchemy URL of a new database: empty, or a copy of one that nobody uses."""
        name = f"city_{uuid4().hex[:12]}"
        copied = "" if like is None else f" TEMPLATE {make_url(like).database} STRATEGY file_copy"
        self.execute(f"CREATE DATABASE {name}{copied}")
        return self.url(name)

    def execute(self, sql: str, database: str = "postgres") -> None:
        """Run one statement as the superuser."""
        place = f"host={self.folder} user=postgres dbname={database}"
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(sql.encode())

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        settings = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        with (self.folder / "log").open("a") as log:
            self._running = subprocess.Popen(
                [_binary("postgres"), "-D", self.folder / "data", "-k", self.folder, *settings],
                stderr=log,
                **_as_ordinary_user(),
            )
        until = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._running.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text("utf-8"))
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop it at once; connections are cut."""
        if self._running is None:
            return
        self._running.send_signal(signal.SIGINT)
        self._running.wait(timeout=_PATIENCE)
        self._running = None


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A fresh cluster until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _as_ordinary_user()
    if user:
        shutil.chown(folder, user["user"], user["group"])
    server = PostgresServer(folder)
    try:
        subprocess.run(
            [_binary("initdb"), *_INITDB, "-D", folder / "data"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **user,
        )
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _as_ordinary_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_name, "group": entry.pw_gid, "extra_groups": [], "umask": 0o077}


def _binary(name: str) -> Path:
    """The newest installed PostgreSQL's program; packages.debian brings it."""
    found = sorted(_BINARIES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    assert found, "no PostgreSQL is installed: see packages.debian"
    return found[-1]
