"""Public holidays of the Czech Republic; it knows no programme.

Act 245/2000 Coll., sections 1 and 2, with the amendment that added Good Friday from 2016 on.
"""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

_FIXED = (
    *((1, 1), (5, 1), (5, 8), (7, 5), (7, 6), (9, 28), (10, 28), (11, 17)),
    *((12, 24), (12, 25), (12, 26)),
)
_GOOD_FRIDAY_SINCE = 2016


def is_public_holiday(day: date) -> bool:
    """Whether a day is one of the state's or one of the other holidays of that Act."""
    return day in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    days = {date(year, month, day) for month, day in _FIXED}
    days.add(sunday + timedelta(days=1))
    if year >= _GOOD_FRIDAY_SINCE:
        days.add(sunday - timedelta(days=2))
    return frozenset(days)
