"""The command that walks the audit and says whether its chain holds; it shows no record."""

import argparse

from kiosk_app.gateway.audit import verify
from kiosk_app.gateway.audit_chain import Broken
from kiosk_app.gateway.config import load_config
from kiosk_app.gateway.errors import CannotServe


class AuditBroken(CannotServe):
    """The record was changed, or cut in the middle; one sentence with the place."""


def audit_verify(arguments: argparse.Namespace) -> int:
    """Walk the whole record.

    Raises:
        AuditBroken: the first line that does not continue the chain.
        OSError: a file cannot be read.
    """
    found = verify(load_config(arguments.config).state, arguments.after)
    if isinstance(found, Broken):
        raise AuditBroken(f"{found.file}, line {found.line}: the chain of the audit is broken")
    print(f"{found.count} records, unbroken. Last mac: {found.mac}")  # noqa: T201 - the answer
    return 0
