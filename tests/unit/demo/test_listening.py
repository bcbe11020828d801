"""A port that another process took is not mistaken for the service that should be there."""

import os
import socket
import subprocess
import sys

from tests.demo.listening import listens

SCRIPT = (
    "import socket, sys; s = socket.create_server(('127.0.0.1', 0)); "
    "print(s.getsockname()[1], flush=True); sys.stdin.read()"
)


def test_only_the_process_that_holds_the_port_listens() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        port = int(other.stdout.readline())
        assert listens({other.pid}, port)
        assert listens({os.getpid(), other.pid}, port)
        assert not listens({os.getpid()}, port)
        other.kill()
    assert not listens({other.pid}, port)


def test_a_port_that_is_bound_only_is_not_listened_on() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        assert not listens({os.getpid()}, port)
        bound.listen()
        assert listens({os.getpid()}, port)
