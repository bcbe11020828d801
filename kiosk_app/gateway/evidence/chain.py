"""From one certificate to the next (ICAO Doc 9303 part 12, RFC 5280); pins none of them."""

from collections.abc import Iterable, Mapping
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
    room = {one: _room(one) for one in trusted}
    anchors = len(room)
    for _ in range(_LINKS):
        more = {one: left for one in waiting if (left := _room_below(room, one, sha1=sha1)) >= 0}
        if not more:
            break
        room |= more
        waiting = [one for one in waiting if one not in more]
    return tuple(room)[anchors:]


def _room(one: Certificate) -> int:
    """How many authorities may follow one, by its own words."""
    return _LINKS if one.path_length is None else one.path_length


def _room_below(room: Mapping[Certificate, int], one: Certificate, *, sha1: bool) -> int:
    """How many may follow the next one; negative: it goes back to none that has room for it.

    A renewal of the same authority takes no room (RFC 5280 section 6.1.4 l).
    """
    taken = 0 if one.subject == one.issuer or one.changes_name else 1
    above = (
        left for above, left in room.items() if left >= taken and _links(above, one, sha1=sha1)
    )
    return min(max(above, default=-1) - taken, _room(one))


def self_signed(one: Certificate) -> bool:
    """Whether its own key signed it."""
    # What is pinned is believed for being pinned: under which hash it signed itself means nothing.
    return issued(one, one, sha1=True)


def _links(trusted: Certificate, link: Certificate, *, sha1: bool) -> bool:
    """Whether a link certificate goes back to a trusted one (Doc 9303 part 12 section 7.1.1)."""
    at_home = bool(link.country) and link.country == trusted.country
    return at_home and in_time(trusted, link) and issued(trusted, link, sha1=sha1)


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
