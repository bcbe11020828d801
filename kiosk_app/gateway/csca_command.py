"""The commands `account-gateway csca import` and `csca list`; what is pinned, others decide.

Its libraries are loaded when it is called, as those of all commands are.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path


def add_csca(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    csca = commands.add_parser("csca", help="the pinned country signing certificates")
    of_csca = csca.add_subparsers(required=True)
    importing = of_csca.add_parser("import", help="take certificates or a master list in")
    importing.add_argument("source", type=Path, help="folder, certificate file or master list")
    importing.add_argument("--store", type=Path, required=True, help="the folder to pin them in")
    importing.add_argument(
        "--master-list-signer",
        type=Path,
        help="the certificate that signed a master list, or a CSCA of its state; a list needs it",
    )
    importing.set_defaults(command=_import)
    listing = of_csca.add_parser("list", help="list what is pinned")
    listing.add_argument("--store", type=Path, required=True, help="the folder of certificates")
    listing.set_defaults(command=_list)


def _import(arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.evidence.csca_import import (  # noqa: PLC0415 - see the docstring
        import_source,
    )

    signer: Path | None = arguments.master_list_signer
    report = import_source(arguments.source, arguments.store, signer, datetime.now(UTC))
    if report.signer is not None:
        _say(f"Master list signed by {report.signer.parsed.subject.rfc4514_string()}.")
    for country in sorted(report.added.keys() | report.known.keys()):
        added, known = report.added.get(country, 0), report.known.get(country, 0)
        _say(f"{country}  {added} added, {known} there already")
    for sentence in report.refused:
        _say(f"refused  {sentence}")
    added, known = sum(report.added.values()), sum(report.known.values())
    _say(f"{added} added, {known} there already, {len(report.refused)} refused.")
    return 0 if added or known else 1


def _list(arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.evidence.csca_import import (  # noqa: PLC0415 - see the docstring
        fingerprint,
        kind_of,
        load_store,
    )

    now = datetime.now(UTC)
    pinned = sorted(load_store(arguments.store), key=lambda one: (one.country, one.validity.end))
    for one in pinned:
        validity = f"{one.validity.start:%Y-%m-%d} to {one.validity.end:%Y-%m-%d}"
        state = "" if one.validity.holds(now) else "  not in force"
        name = one.parsed.subject.rfc4514_string()
        _say(f"{one.country}  {kind_of(one)}  {fingerprint(one.der)}  {validity}  {name}{state}")
    countries = len({one.country for one in pinned})
    _say(f"{len(pinned)} certificates of {countries} countries.")
    return 0


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
