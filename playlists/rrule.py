"""The text of an RRULE (RFC 5545 section 3.3.10, dates only) to and from a recurrence; no dates."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from playlists.recurrence import ByDay, Frequency, Recurrence, Weekday

T = TypeVar("T")
MAX_LENGTH = 400
MAX_INTERVAL = 1000
MAX_COUNT = 1000
_LAST_SET_POS = 366
_LAST_MONTH_DAY, _LAST_MONTH = 31, 12
_IN_MONTH, _IN_YEAR = 5, 53
_SHAPE = re.compile(r"[A-Z]+=[0-9A-Z,+-]+(;[A-Z]+=[0-9A-Z,+-]+)*")
_NAMES = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")
_KNOWN = (*_NAMES, "WKST")


class RecurrenceError(ValueError):
    """A text that is no RRULE of dates; its message is the advice."""


def parse_recurrence(text: str) -> Recurrence:
    """The recurrence of an RRULE text.

    Raises:
        RecurrenceError: what to write instead; every number is checked, nothing is guessed.
    """
    parts = _parts(text)
    found = Recurrence(
        frequency=_frequency(parts.get("FREQ", "")),
        interval=_number(parts, "INTERVAL", MAX_INTERVAL) or 1,
        count=_number(parts, "COUNT", MAX_COUNT),
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        by_day=_list(parts, "BYDAY", _by_day),
        by_month_day=_list(parts, "BYMONTHDAY", _within("BYMONTHDAY", _LAST_MONTH_DAY)),
        by_month=_list(parts, "BYMONTH", _month),
        by_set_pos=_list(parts, "BYSETPOS", _within("BYSETPOS", _LAST_SET_POS)),
        week_start=_weekday(parts["WKST"]) if "WKST" in parts else Weekday.MO,
    )
    _agree(found)
    return found


def recurrence_text(rule: Recurrence) -> str:
    """The RRULE of a recurrence, in one order, without what goes without saying."""
    values = {
        "FREQ": rule.frequency.value,
        "INTERVAL": str(rule.interval) if rule.interval > 1 else "",
        "COUNT": str(rule.count or ""),
        "UNTIL": f"{rule.until:%Y%m%d}" if rule.until else "",
        "BYDAY": ",".join(f"{day.ordinal or ''}{day.weekday.name}" for day in rule.by_day),
        "BYMONTHDAY": ",".join(map(str, rule.by_month_day)),
        "BYMONTH": ",".join(map(str, rule.by_month)),
        "BYSETPOS": ",".join(map(str, rule.by_set_pos)),
        "WKST": rule.week_start.name if rule.week_start is not Weekday.MO else "",
    }
    return ";".join(f"{name}={value}" for name, value in values.items() if value)


def _parts(text: str) -> dict[str, str]:
    if len(text) > MAX_LENGTH or _SHAPE.fullmatch(text) is None:
        raise RecurrenceError("write an RRULE of dates, such as FREQ=MONTHLY;BYDAY=1MO")
    pairs = [part.partition("=")[::2] for part in text.split(";")]
    for name, _ in pairs:
        if name not in _KNOWN:
            raise RecurrenceError(
                f"remove {name[:20]} from the RRULE; known are {', '.join(_KNOWN)}"
            )
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RecurrenceError("name each part of the RRULE once")
    return found


def _frequency(text: str) -> Frequency:
    if text not in tuple(Frequency):
        raise RecurrenceError(f"write FREQ as one of {', '.join(Frequency)}")
    return Frequency(text)


def _number(parts: dict[str, str], name: str, most: int) -> int | None:
    if name not in parts:
        return None
    if re.fullmatch(r"[0-9]{1,4}", parts[name]) and 1 <= int(parts[name]) <= most:
        return int(parts[name])
    raise RecurrenceError(f"write {name} as a number from 1 to {most}")


def _until(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{8}", text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise RecurrenceError("UNTIL is no day of the calendar") from error
    raise RecurrenceError("write UNTIL as a date, such as UNTIL=20261231")


def _list(parts: dict[str, str], name: str, read: Callable[[str], T]) -> tuple[T, ...]:
    if name not in parts:
        return ()
    found = tuple(read(text) for text in parts[name].split(","))
    if len(set(found)) != len(found):
        raise RecurrenceError(f"name each value of {name} once")
    return found


def _within(name: str, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if re.fullmatch(r"[+-]?[0-9]{1,3}", text) and 1 <= abs(int(text)) <= most:
            return int(text)
        raise RecurrenceError(f"write {name} as numbers from 1 to {most} or from -{most} to -1")

    return read


def _month(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= _LAST_MONTH:
        return int(text)
    raise RecurrenceError(f"write BYMONTH as numbers from 1 to {_LAST_MONTH}")


def _weekday(text: str) -> Weekday:
    if text not in Weekday.__members__:
        raise RecurrenceError(f"write a weekday as one of {', '.join(Weekday.__members__)}")
    return Weekday[text]


def _by_day(text: str) -> ByDay:
    number, name = text[:-2], text[-2:]
    return ByDay(_weekday(name), _within("BYDAY", _IN_YEAR)(number) if number else 0)


def _agree(rule: Recurrence) -> None:
    """Refuse parts that RFC 5545 does not let stand together."""
    if rule.count is not None and rule.until is not None:
        raise RecurrenceError("keep COUNT or UNTIL, not both")
    if rule.by_set_pos and not (rule.by_day or rule.by_month_day or rule.by_month):
        raise RecurrenceError("add BYDAY, BYMONTHDAY or BYMONTH for BYSETPOS to choose from")
    if rule.frequency is Frequency.WEEKLY and rule.by_month_day:
        raise RecurrenceError(
            "BYMONTHDAY does not go with FREQ=WEEKLY; write FREQ=MONTHLY or DAILY"
        )
    _check_ordinals(rule)


def _check_ordinals(rule: Recurrence) -> None:
    most = max((abs(day.ordinal) for day in rule.by_day), default=0)
    if most and rule.frequency not in (Frequency.MONTHLY, Frequency.YEARLY):
        raise RecurrenceError("a numbered weekday such as 1MO needs FREQ=MONTHLY or FREQ=YEARLY")
    if most > _IN_MONTH and (rule.frequency is Frequency.MONTHLY or rule.by_month):
        raise RecurrenceError(
            f"a month has no more than {_IN_MONTH} of a weekday; write 1MO to 5MO"
        )
