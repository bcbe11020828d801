"""Command `playlists`: check a programme file, or say what is due at an instant; plays nothing."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playlists.codec import MAX_BYTES, parse_programme
from playlists.model import Programme, ProgrammeError
from playlists.schedule import ZoneDue, due


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 with the reasons on stderr otherwise."""
    options = _parser().parse_args(arguments)
    try:
        programme = parse_programme(_read(options.file))
        if options.command == "check":
            print(_summary(programme))
        else:
            _print_due(programme, _instant(options.at, programme), as_json=options.json)
    except ProgrammeError as error:
        for problem in error.problems:
            print(f"{options.file}: {problem}", file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"playlists: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="playlists", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name every fault of a programme file")
    check.add_argument("file", type=Path)
    shown = commands.add_parser("due", help="say what is due at an instant")
    shown.add_argument("file", type=Path)
    shown.add_argument("--at", help="ISO 8601; without an offset it is the site's wall time")
    shown.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _summary(programme: Programme) -> str:
    size = sum(blob.length for blob in programme.blobs)
    return (
        f"{programme.channel} version {programme.version} is a valid programme: "
        f"{len(programme.items())} items, {len(programme.blobs)} files, {size / 1e6:.1f} MB"
    )


def _instant(text: str | None, programme: Programme) -> datetime:
    if text is None:
        return datetime.now(UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(programme.timezone))


def _print_due(programme: Programme, now: datetime, *, as_json: bool) -> None:
    site = ZoneInfo(programme.timezone)
    for zone in due(programme, now).zones:
        facts = _facts(zone, site)
        line = "{zone}: {item} from {start} until {until}, then {next} ({playlist})"
        print(json.dumps(facts, ensure_ascii=False) if as_json else line.format(**facts))


def _facts(shown: ZoneDue, site: ZoneInfo) -> dict[str, str]:
    return {
        "zone": shown.zone.name,
        "playlist": shown.playlist,
        "item": shown.item.id,
        "title": shown.item.title,
        "start": shown.start.astimezone(site).isoformat(timespec="milliseconds"),
        "until": shown.until.astimezone(site).isoformat(timespec="milliseconds"),
        "next": shown.next.id,
    }


if __name__ == "__main__":
    sys.exit(main())
