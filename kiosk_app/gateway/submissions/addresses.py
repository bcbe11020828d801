"""Addresses that a person can be told at: checked, in one form, and masked. Pure.

Only plain ASCII is taken: a letter that looks like another one leads to somebody else. A domain
with other letters is written in its ASCII form ("xn--…", RFC 5891).
"""

import re
from typing import Final

from kiosk_app.account.model import Channel

_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_TOP_LABEL: Final = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_MAX_LOCAL: Final = 64
_MAX_EMAIL: Final = 254
_FILLING: Final = str.maketrans("", "", " -./()")
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_CZECH: Final = "+420"
_CZECH_MOBILE: Final = re.compile(r"\+420[67][0-9]{8}")
_NATIONAL: Final = re.compile(r"[0-9]{9}")
_DOTS: Final = "•••"


class AddressRefused(ValueError):  # noqa: N818 - an answer to the person, not a mistake of ours
    """This is no address the channel can reach; the sentence does not repeat it."""


def canonical(channel: Channel, address: str, countries: tuple[str, ...]) -> str:
    """The one form of an address.

    Args:
        channel: how the person is told.
        address: as it was typed.
        countries: the international prefixes ("+420") that a text message may go to.

    Raises:
        AddressRefused: it is none, or no message may go there.
    """
    if not address.isascii():
        raise AddressRefused("an address has plain letters only")
    if channel is Channel.EMAIL:
        return _email(address)
    return _telephone(address, countries)


def masked(channel: Channel, address: str) -> str:
    """As much of a canonical address as a bystander may read."""
    if channel is Channel.EMAIL:
        local, _, domain = address.rpartition("@")
        name, _, top = domain.rpartition(".")
        return f"{local[0]}{_DOTS}@{name[0]}{_DOTS}.{top}"
    return f"{address[:4]} {_DOTS} {_DOTS} {address[-3:]}"


def _email(address: str) -> str:
    local, at, domain = address.rpartition("@")
    domain = domain.lower()
    *labels, top = domain.split(".")
    good = (
        at
        and len(address) <= _MAX_EMAIL
        and len(local) <= _MAX_LOCAL
        and _LOCAL.fullmatch(local)
        and labels
        and all(_LABEL.fullmatch(label) for label in labels)
        and _TOP_LABEL.fullmatch(top)
    )
    if not good:
        raise AddressRefused("this is no e-mail address")
    return f"{local}@{domain}"


def _telephone(address: str, countries: tuple[str, ...]) -> str:
    number = address.translate(_FILLING)
    if number.startswith("00"):
        number = "+" + number[2:]
    elif _NATIONAL.fullmatch(number):
        number = _CZECH + number
    if _E164.fullmatch(number) is None:
        raise AddressRefused("this is no telephone number")
    if not number.startswith(countries):
        raise AddressRefused("no text message may go to this country")
    # Numbers of other kinds take no text message, or cost their caller money.
    if number.startswith(_CZECH) and _CZECH_MOBILE.fullmatch(number) is None:
        raise AddressRefused("this is no number of a mobile telephone")
    return number
