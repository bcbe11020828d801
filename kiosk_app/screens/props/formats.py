"""Money, dates and times as each language writes them; it knows no clock and no zone."""

from datetime import date, datetime
from decimal import Decimal

from kiosk_app.screens.props.texts import Texts
from kiosk_app.session.model import Language

_HARD = "\u00a0"  # a space where no line may break


def money(amount: Decimal, language: Language) -> str:
    """An amount in CZK: `1 234,50 Kč` or `CZK 1,234.50`; whole amounts without hellers."""
    whole = amount == amount.to_integral_value()
    digits = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    if language is Language.EN:
        return f"CZK{_HARD}{digits}"
    return digits.replace(",", _HARD).replace(".", ",") + f"{_HARD}Kč"


def day(when: date, language: Language, texts: Texts) -> str:
    """A date: `5. 3. 2026` or `5 March 2026`."""
    if language is Language.EN:
        return f"{when.day}{_HARD}{texts.months[when.month - 1]}{_HARD}{when.year}"
    return f"{when.day}.{_HARD}{when.month}.{_HARD}{when.year}"


def narrow_day(when: date, language: Language, texts: Texts) -> str:
    """A date for a narrow column: a line may end before a year after a month's name."""
    whole = day(when, language, texts)
    return " ".join(whole.rsplit(_HARD, 1)) if language is Language.EN else whole


def long_day(when: date, language: Language, texts: Texts) -> str:
    """A date with its weekday: `úterý 24. listopadu` or `Tuesday 24 November`."""
    dot = "" if language is Language.EN else "."
    month = texts.months[when.month - 1]
    return f"{texts.weekdays[when.weekday()]} {when.day}{dot}{_HARD}{month}"


def clock(moment: datetime) -> str:
    """Hours and minutes, 24-hour: `9:05`."""
    return f"{moment.hour}:{moment.minute:02}"


def moment(when: datetime, language: Language, texts: Texts) -> str:
    """A date with its time, as given: the caller chose the zone."""
    return f"{day(when, language, texts)}, {clock(when)}"


def in_groups(text: str, size: int = 4) -> str:
    """A long number in groups, as on an account statement: `CZ65 0800 …`."""
    plain = "".join(text.split())
    return _HARD.join(plain[i : i + size] for i in range(0, len(plain), size))


def code_groups(code: str) -> str:
    """A code to be compared, in its own groups or in groups of four: `WDJB – MJHT`."""
    groups = code.split("-") if "-" in code else [code[i : i + 4] for i in range(0, len(code), 4)]
    return f"{_HARD}\u2013{_HARD}".join(filter(None, groups))


def counted(count: int, forms: tuple[str, str, str]) -> str:
    """A counted thing: the form for one, for two to four, or for more and none."""
    few_from, few_to = 2, 4
    form = forms[0] if count == 1 else forms[1] if few_from <= count <= few_to else forms[2]
    return form.replace("{count} ", f"{{count}}{_HARD}").format(count=count)
