"""A department's values as the JSON values that the account's codec reads. Pure.

What does not fit its field stays as it is: the codec refuses it with the place.
"""

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final, get_args

_CENT: Final = Decimal("0.01")
_AMOUNT: Final = re.compile(r"-?[0-9]+\.[0-9]{2}")
_TRUTHS: Final = {0: False, 1: True, "false": False, "true": True}


def json_value(hint: object, value: object, now: datetime) -> object:
    """One value for a field of that type; a time without a zone is one of the city, as `now` is."""
    kinds = get_args(hint) or (hint,)
    if value is None:
        return None
    if Decimal in kinds:
        return _amount(value)
    if bool in kinds:
        return _TRUTHS.get(value, value) if isinstance(value, int | str | Decimal) else value
    if datetime in kinds:
        return _time(value, now)
    return _day(value, now) if date in kinds else _text(value)


def _day(value: object, now: datetime) -> object:
    """The city's day, also of a time: midnight in Prague is the evening before in UTC."""
    moment = _moment(str(value) if isinstance(value, int) else value)
    if not isinstance(moment, datetime):
        return _text(value)
    if moment.tzinfo is not None:
        with suppress(OverflowError):  # the last day of all stands for "without an end"
            moment = moment.astimezone(now.tzinfo)
    return moment.date().isoformat()


def _moment(value: object) -> object:
    """The time that a text says (ISO 8601); anything else as it is."""
    if isinstance(value, str):
        with suppress(ValueError):
            return datetime.fromisoformat(value)
    return value


def _text(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return f"{value:.0f}"
    return str(value) if isinstance(value, int) else value


def _amount(value: object) -> object:
    text = str(value) if isinstance(value, int | float | Decimal) else value
    try:
        exact = Decimal(str(value))
        return str(exact.quantize(_CENT)) if exact == exact.quantize(_CENT) else text
    except InvalidOperation:
        return text


def is_amount(value: object) -> bool:
    """Whether `json_value` made an amount of it."""
    return isinstance(value, str) and _AMOUNT.fullmatch(value) is not None


def _time(value: object, now: datetime) -> object:
    moment = _moment(value)
    if not isinstance(moment, datetime):
        return value
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=now.tzinfo)
    return aware.isoformat()
