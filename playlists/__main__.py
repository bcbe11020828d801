"""Command `playlists`: checks a programme file, says what is due when; plays nothing."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playlists.codec import MAX_BYTES, parse_programme
from playlists.model import Programme, ProgrammeError, Zone
from playlists.schedule import Turn, ZoneDue, due
from playlists.timeline import timeline
from playlists.timeline_page import timeline_page


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 with the reasons on stderr otherwise."""
    options = _parser().parse_args(arguments)
    try:
        programme = parse_programme(_read(options.file))
        if options.command == "check":
            print(_summary(programme))
        elif options.command == "timeline":
            _print_timeline(programme, options.start, options.end, as_page=options.html)
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
    spanned = commands.add_parser("timeline", help="say what each zone shows over a span")
    spanned.add_argument("file", type=Path)
    spanned.add_argument("--from", dest="start", help="ISO 8601 as for due; without it: now")
    spanned.add_argument("--to", dest="end", required=True, help="at most seven days later")
    form = spanned.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON, a line a turn (the default)")
    form.add_argument("--html", action="store_true", help="print a page to look at")
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


def _print_timeline(programme: Programme, start: str, end: str, *, as_page: bool) -> None:
    begin, close = _instant(start, programme), _instant(end, programme)
    zones = timeline(programme, begin, close)
    if as_page:
        print(timeline_page(programme, zones, begin, close), end="")
        return
    site = ZoneInfo(programme.timezone)
    for zone, turns in zones:
        for found in turns:
            print(json.dumps(_turn_facts(zone, found, site), ensure_ascii=False))


def _turn_facts(zone: Zone, found: Turn, site: ZoneInfo) -> dict[str, str]:
    return {
        "zone": zone.name,
        "layer": found.layer.name.lower(),
        "reason": found.reason,
        "playlist": found.playlist,
        "item": found.item.id,
        "title": found.item.title,
        "start": found.start.astimezone(site).isoformat(timespec="milliseconds"),
        "until": found.until.astimezone(site).isoformat(timespec="milliseconds"),
    }


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
