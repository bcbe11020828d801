"""The schedule of a programme document to and from JSON values; decides nothing about time."""

from datetime import date

from playlists.days import Days, Holidays
from playlists.json_node import NAME, Node
from playlists.model import Campaign, DayPart, Interrupt, Once, Repeating, Rule, Schedule
from playlists.recurrence import Recurrence, Weekday
from playlists.rrule import RecurrenceError, parse_recurrence, recurrence_text

_DAYS = {"first", "last", "weekdays", "rrule", "holidays", "except", "also"}
_WHEN = {*_DAYS, "day_parts"}
_EVERY = (5, 6, 10, 12, 15, 20, 30, 60)
MOST_RULES, MOST_CAMPAIGNS, MOST_INTERRUPTS = 500, 100, 50
_MOST_DAYS = 400
_HOUR = 3600


def read_schedule(node: Node) -> Schedule:
    """The schedule; faults are noted at their paths."""
    found = node.members({"base"}, {"rules", "campaigns", "interrupts"})
    return Schedule(
        base=found["base"].match(*NAME),
        rules=found["rules"].array(_rule, 0, MOST_RULES) if "rules" in found else (),
        campaigns=found["campaigns"].array(_campaign, 0, MOST_CAMPAIGNS)
        if "campaigns" in found
        else (),
        interrupts=found["interrupts"].array(_interrupt, 0, MOST_INTERRUPTS)
        if "interrupts" in found
        else (),
    )


def _rule(node: Node) -> Rule:
    found = node.members({"name", "playlist", "priority"}, _WHEN)
    return Rule(
        name=found["name"].match(*NAME),
        playlist=found["playlist"].match(*NAME),
        priority=found["priority"].whole(0, 100),
        days=_days(found),
        day_parts=_day_parts(found),
    )


def _campaign(node: Node) -> Campaign:
    found = node.members({"name", "playlist", "share"}, _WHEN)
    return Campaign(
        name=found["name"].match(*NAME),
        playlist=found["playlist"].match(*NAME),
        share=found["share"].whole(1, 100),
        days=_days(found),
        day_parts=_day_parts(found),
    )


def _interrupt(node: Node) -> Interrupt:
    keys = {"every_minutes", "minute", "seconds", "start", "end"}
    found = node.members({"name", "playlist", "priority"}, {*keys, *_WHEN})
    once = bool({"start", "end"} & set(found))
    wrong = (set(found) & {"every_minutes", "minute", "seconds", *_WHEN}) if once else set()
    for key in sorted(wrong):
        found[key].wrong("remove it beside 'start' and 'end', or write 'every_minutes' instead")
    return Interrupt(
        name=found["name"].match(*NAME),
        playlist=found["playlist"].match(*NAME),
        priority=found["priority"].whole(0, 100),
        when=_once(node, found) if once else _repeating(node, found),
    )


def _once(node: Node, found: dict[str, Node]) -> Once:
    missing = {"start", "end"} - set(found)
    if missing:
        node.wrong(f"add the key {missing.pop()!r}: an interrupt has a start and an end")
    times = [found[key].wall_time() for key in ("start", "end") if key in found]
    return Once(times[0], times[-1])


def _repeating(node: Node, found: dict[str, Node]) -> Repeating:
    if not {"every_minutes", "seconds"} <= set(found):
        node.wrong("add 'every_minutes' and 'seconds', or 'start' and 'end'")
        return Repeating(_HOUR // 60, 0, 1)
    every = found["every_minutes"].whole(1, 60)
    if every not in _EVERY:
        found["every_minutes"].wrong(f"must be one of {', '.join(map(str, _EVERY))}")
    return Repeating(
        every_minutes=every,
        minute=found["minute"].whole(0, every - 1) if "minute" in found else 0,
        seconds=found["seconds"].whole(1, every * 60),
        days=_days(found),
        day_parts=_day_parts(found),
    )


def _days(found: dict[str, Node]) -> Days:
    return Days(
        first=found["first"].day() if "first" in found else None,
        last=found["last"].day() if "last" in found else None,
        weekdays=frozenset(found["weekdays"].array(_weekday, 1, 7))
        if "weekdays" in found
        else frozenset(),
        recurrence=_recurrence(found["rrule"]) if "rrule" in found else None,
        holidays=found["holidays"].choice(Holidays, tuple(Holidays), None)
        if "holidays" in found
        else None,
        except_days=_dates(found, "except"),
        also_days=_dates(found, "also"),
    )


def _dates(found: dict[str, Node], key: str) -> frozenset[date]:
    return frozenset(found[key].array(Node.day, 1, _MOST_DAYS)) if key in found else frozenset()


def _recurrence(node: Node) -> Recurrence | None:
    text = node.text(_MOST_DAYS)
    try:
        return parse_recurrence(text) if text else None
    except RecurrenceError as error:
        node.wrong(str(error))
        return None


def _weekday(node: Node) -> Weekday:
    names = tuple(day.name.lower() for day in Weekday)
    return node.choice(lambda name: Weekday[name.upper()], names, Weekday.MO)


def _day_parts(found: dict[str, Node]) -> tuple[DayPart, ...]:
    return found["day_parts"].array(_day_part, 1, 24) if "day_parts" in found else ()


def _day_part(node: Node) -> DayPart:
    found = node.members({"start", "end"})
    return DayPart(found["start"].clock(), found["end"].clock())


def schedule_document(schedule: Schedule) -> dict[str, object]:
    """The JSON value of a schedule; what is not said is left out."""
    document: dict[str, object] = {
        "base": schedule.base,
        "rules": [
            {**_head(rule), "priority": rule.priority, **_when(rule)} for rule in schedule.rules
        ],
    }
    if schedule.campaigns:
        document["campaigns"] = [
            {**_head(campaign), "share": campaign.share, **_when(campaign)}
            for campaign in schedule.campaigns
        ]
    if schedule.interrupts:
        document["interrupts"] = [
            {**_head(found), "priority": found.priority, **_occasion(found.when)}
            for found in schedule.interrupts
        ]
    return document


def _head(entry: Rule | Campaign | Interrupt) -> dict[str, object]:
    return {"name": entry.name, "playlist": entry.playlist}


def _occasion(when: Repeating | Once) -> dict[str, object]:
    if isinstance(when, Once):
        return {"start": f"{when.start:%Y-%m-%dT%H:%M}", "end": f"{when.end:%Y-%m-%dT%H:%M}"}
    return {
        "every_minutes": when.every_minutes,
        "minute": when.minute,
        "seconds": when.seconds,
        **_when(when),
    }


def _when(entry: Rule | Campaign | Repeating) -> dict[str, object]:
    days = entry.days
    document = {
        "first": days.first and days.first.isoformat(),
        "last": days.last and days.last.isoformat(),
        "weekdays": [day.name.lower() for day in sorted(days.weekdays)],
        "rrule": days.recurrence and recurrence_text(days.recurrence),
        "holidays": days.holidays and days.holidays.value,
        "except": [day.isoformat() for day in sorted(days.except_days)],
        "also": [day.isoformat() for day in sorted(days.also_days)],
        "day_parts": [
            {"start": f"{part.start:%H:%M}", "end": f"{part.end:%H:%M}"} for part in entry.day_parts
        ],
    }
    return {key: value for key, value in document.items() if value}
