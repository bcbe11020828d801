"""`provisioning publish programme|release|refresh|serve`: what devices download."""

import argparse
from pathlib import Path

from provisioning.commands.speech import (
    CommandError,
    Groups,
    Say,
    add_city,
    add_command,
    city_of,
    now,
)
from provisioning.founding import renew_revoked
from provisioning.publish.release import COMPATIBLE
from provisioning.publish.serve import open_socket, serve


def add(groups: Groups) -> None:
    """Add the commands."""
    publish = add_command(groups, "publish", "programmes, releases and the content server")
    kinds = publish.add_subparsers(required=True, metavar="WHAT")
    _add_programme(kinds)
    _add_release(kinds)
    refresh = add_command(kinds, "refresh", "renew what expires by itself; run it daily")
    add_city(refresh)
    refresh.set_defaults(run=_refresh)
    server = add_command(kinds, "serve", "serve the repository over HTTPS to devices")
    add_city(server)
    server.add_argument("--host", help="the address to listen on")
    server.add_argument("--port", type=int, help="the TCP port; 0 takes a free one")
    server.set_defaults(run=_serve)


def _add_programme(kinds: Groups) -> None:
    programme = add_command(kinds, "programme", "publish a channel's programme")
    add_city(programme)
    programme.add_argument("file", metavar="FILE", type=Path, help="the programme document")
    programme.add_argument("--blobs", metavar="DIR", type=Path, help="files named by SHA-256")
    programme.set_defaults(run=_programme)


def _add_release(kinds: Groups) -> None:
    release = add_command(kinds, "release", "publish a release archive")
    add_city(release)
    release.add_argument("version", metavar="VERSION", help="as in the archive's VERSION")
    release.add_argument("archive", metavar="TAR", type=Path, help="VERSION and bin/program")
    release.add_argument("--compatible", default=COMPATIBLE, help="the kind of device it is for")
    release.set_defaults(run=_release)


def _programme(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    try:
        document = arguments.file.read_bytes()
        folder: Path | None = arguments.blobs
        blobs = {path.name: path for path in folder.iterdir()} if folder else {}
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
    done = city.publish_programme(document, blobs, now())
    say(f"{done.target}: version {done.version} published, sha256 {done.sha256}.")
    return 0


def _release(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    done = city.publish_release(arguments.version, arguments.archive, now(), arguments.compatible)
    say(f"{done.target}: {done.length} bytes published, sha256 {done.sha256}.")
    return 0


def _refresh(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    renewed = city.refresh(now())
    renew_revoked(city, now())
    say(f"Renewed: {', '.join((*renewed, 'revocation list'))}.")
    say("Send the broker SIGHUP, so that it reads the list.")
    return 0


def _serve(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    server = city.content_server(arguments.host, arguments.port)
    with open_socket(server) as listening:
        host, port = listening.getsockname()[:2]
        say(f"Serving {server.root} on https://{host}:{port}")
        serve(server, listening, lambda: city.refresh(now()))
    return 0
