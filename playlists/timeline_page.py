"""The timeline as one self-contained HTML page for an editor, Czech with English; loads nothing."""

from datetime import datetime, timedelta
from html import escape
from math import ceil
from zoneinfo import ZoneInfo

from playlists.model import Programme, Zone
from playlists.schedule import Turn
from playlists.timeline import Block, blocks
from playlists.wall_time import next_full_hour
from playlists.windows import Layer

_WORDS = {
    Layer.BASE: "základ · base",
    Layer.CAMPAIGN: "kampaň · campaign",
    Layer.RULE: "pravidlo · rule",
    Layer.INTERRUPT: "vstup · interrupt",
}
_MOST_ROWS = 400
_STYLE = """
:root{--ink:#14263d;--mist:#5b6b80;--line:#dde4ec}
body{font:15px/1.5 Inter,"DejaVu Sans",sans-serif;color:var(--ink);background:#f4f6f9;margin:0}
main{max-width:1120px;margin:0 auto;padding:32px}
h1{font-size:28px;margin:0}h2{font-size:19px;margin:32px 0 10px}p{color:var(--mist);margin:4px 0}
.key span{display:inline-block;margin:10px 18px 0 0}
.key i{display:inline-block;width:13px;height:13px;border-radius:4px;margin-right:7px}
.strip{position:relative;height:46px;background:#a9bdd4;border-radius:10px;overflow:hidden}
.strip b{position:absolute;top:0;bottom:0}
.hours{position:relative;height:22px;font-size:12px;color:var(--mist)}
.hours span{position:absolute;transform:translateX(-50%);white-space:nowrap}
.base{background:#a9bdd4}.campaign{background:#e9a23b}.rule{background:#2f6db0}
.interrupt{background:#b3263c}
table{width:100%;border-collapse:collapse;background:#fff;border-radius:10px;overflow:hidden}
td,th{padding:7px 14px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th{font-size:12px;color:var(--mist)}td:not(:last-child){white-space:nowrap}
td i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:8px}
"""


def timeline_page(
    programme: Programme,
    zones: tuple[tuple[Zone, tuple[Turn, ...]], ...],
    start: datetime,
    end: datetime,
) -> str:
    """The page; every text of the programme is escaped."""
    site = ZoneInfo(programme.timezone)
    key = "".join(f'<span><i class="{_name(layer)}"></i>{_WORDS[layer]}</span>' for layer in Layer)
    when = f"{_local(start, site)} – {_local(end, site)}"
    parts = "".join(_zone(zone, turns, start, end, site) for zone, turns in zones)
    title = escape(programme.title)
    return (
        f'<!doctype html><html lang="cs"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><main><h1>{title}</h1>"
        f"<p>{when} · {escape(programme.timezone)} · "
        f"kanál · channel {escape(programme.channel)}, verze · version {programme.version}</p>"
        f'<div class="key">{key}</div>{parts}</main></html>\n'
    )


def _zone(
    zone: Zone, turns: tuple[Turn, ...], start: datetime, end: datetime, site: ZoneInfo
) -> str:
    found = blocks(turns)
    strip = "".join(_bar(block, start, end) for block in found)
    rows = "".join(_row(block, site) for block in found[:_MOST_ROWS])
    rest = len(found) - _MOST_ROWS
    more = f"<p>… a dalších {rest} bloků · {rest} more blocks</p>" if rest > 0 else ""
    return (
        f"<h2>zóna · zone {escape(zone.name)}</h2>"
        f'<div class="strip">{strip}</div><div class="hours">{_hours(start, end, site)}</div>'
        "<table><tr><th>od – do · from – to<th>proč · why<th>co · what</tr>"
        f"{rows}</table>{more}"
    )


def _bar(block: Block, start: datetime, end: datetime) -> str:
    left = 100 * max(0.0, (block.start - start) / (end - start))
    right = 100 * min(1.0, (block.until - start) / (end - start))
    return (
        f'<b class="{_name(block.layer)}" style="left:{left:.3f}%;width:{right - left:.3f}%"></b>'
    )


def _hours(start: datetime, end: datetime, site: ZoneInfo) -> str:
    first = next_full_hour(start, site)
    step = timedelta(hours=max(1, ceil((end - start) / timedelta(hours=10))))
    marks = (first + step * number for number in range(ceil((end - first) / step)))
    return "".join(
        f'<span style="left:{100 * ((at - start) / (end - start)):.3f}%">'
        f"{at.astimezone(site):%d. %m. %H:%M}</span>"
        for at in marks
    )


def _row(block: Block, site: ZoneInfo) -> str:
    titles = list(dict.fromkeys(found.item.title for found in block.turns))
    shown = ", ".join(titles[:6]) + (" …" if len(titles) > 6 else "")  # noqa: PLR2004 - fits a row
    times = f"{block.start.astimezone(site):%H:%M:%S} – {block.until.astimezone(site):%H:%M:%S}"
    why = f"{_WORDS[block.layer]} {escape(block.reason)}"
    return f'<tr><td>{times}<td><i class="{_name(block.layer)}"></i>{why}<td>{escape(shown)}</tr>'


def _name(layer: Layer) -> str:
    return layer.name.lower()


def _local(instant: datetime, site: ZoneInfo) -> str:
    return f"{instant.astimezone(site):%d. %m. %Y %H:%M}"
