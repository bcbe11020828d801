"""From one certificate to the next (ICAO Doc 9303 part 12, RFC 5280); pins none of them."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from kiosk_app.gateway.evidence.certificate import Certificate
from kiosk_app.gateway.refusal import EvidenceRefused

_LINKS: Final = 8
"""How many times a state may have renewed its key since the certificate that was pinned."""


class Anchors(Enum):
    """Which pinned certificates are believed for being pinned."""

    SELF_SIGNED = "self-signed"
    """The others must go back to one of them: link certificates."""
    ALL = "all"


def trusted_of(
    pinned: Iterable[Certificate], anchors: Anchors = Anchors.SELF_SIGNED, *, sha1: bool
) -> tuple[Certificate, ...]:
    """The anchors among them, and the authorities that go back to those."""
    authorities = [one for one in pinned if one.is_authority and one.signs_certificates]
    if anchors is Anchors.ALL:
        return tuple(authorities)
    roots = [self_signed(one) for one in authorities]
    trusted = tuple(one for one, root in zip(authorities, roots, strict=True) if root)
    waiting = [one for one, root in zip(authorities, roots, strict=True) if not root]
    return trusted + linked(trusted, waiting, sha1=sha1)


def linked(
    trusted: tuple[Certificate, ...], waiting: list[Certificate], *, sha1: bool
) -> tuple[Certificate, ...]:
    """Those of the waiting authorities that go back to a trusted one, over a few steps at most."""
    found: tuple[Certificate, ...] = ()
    for _ in range(_LINKS):
        known = trusted + found
        more = [one for one in waiting if any(_links(t, one, sha1=sha1) for t in known)]
        if not more:
            break
        found += tuple(more)
        waiting = [one for one in waiting if one not in more]
    return found


def self_signed(one: Certificate) -> bool:
    """Whether its own key signed it."""
    # What is pinned is believed for being pinned: under which hash it signed itself means nothing.
    return issued(one, one, sha1=True)


def _links(trusted: Certificate, link: Certificate, *, sha1: bool) -> bool:
    """Whether a link certificate goes back to a trusted one (Doc 9303 part 12 section 7.1.1)."""
    renewed = link.subject == link.issuer or link.changes_name
    within_path = renewed or trusted.path_length != 0
    at_home = bool(link.country) and link.country == trusted.country
    return within_path and at_home and in_time(trusted, link) and issued(trusted, link, sha1=sha1)


def issued(issuer: Certificate, certificate: Certificate, *, sha1: bool) -> bool:
    """Whether a certificate names another as its issuer, and bears its signature."""
    if issuer.subject != certificate.issuer:
        return False
    try:
        certificate.check_signed_by(issuer, sha1=sha1)
    except EvidenceRefused:
        return False
    return True


def in_time(issuer: Certificate, certificate: Certificate) -> bool:
    """Whether the issuer's certificate and key were in force when the other one began."""
    begun = certificate.validity.start
    key_in_force = issuer.key_period is None or issuer.key_period.holds(begun)
    return issuer.validity.holds(begun) and key_in_force
