"""Keeps None alive under Python 3.11 while Qt takes references to it; touches nothing else.

PySide6 6.12 is built for a Python whose None is immortal (PEP 683, from 3.12 on). Under 3.11 each
call of a Qt method that returns nothing takes away one reference to None; after some six thousand
calls, hours of an idle screen, Python would end the process with "deallocating None".
"""

import ctypes
import sys

_ENOUGH = 1 << 60
"""References; at a million Qt calls a second they last for 36,000 years."""


def keep_none() -> None:
    """Give None more references than Qt can ever take; once, before Qt is used."""
    if sys.version_info < (3, 12):
        ctypes.c_ssize_t.from_address(id(None)).value += _ENOUGH
