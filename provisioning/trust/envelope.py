"""Signed statements as DSSE 1.0 envelopes; what the payload means is the business of its reader."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import FormatError, VerificationError
from securesystemslib.signer import Signer

from provisioning.trust.errors import NotTrusted
from provisioning.trust.roles import RoleKeys

DESIRED_TYPE: Final = "application/vnd.otevrene-mesto.desired+json"
COMMAND_TYPE: Final = "application/vnd.otevrene-mesto.command+json"
CAP_TYPE: Final = "application/cap+xml"

ENVELOPE_LIMIT: Final = 256 * 1024
"""Bytes of a whole envelope that are looked at; a longer one is refused unread."""
SIGNATURE_LIMIT: Final = 16
"""Signatures that one envelope may carry."""
_TEXT_LIMIT: Final = 16 * 1024


def sign(payload: bytes, payload_type: str, signers: Iterable[Signer]) -> bytes:
    """Wrap a payload into a DSSE envelope, signed once by each signer, as compact JSON bytes."""
    envelope = Envelope(payload, payload_type, {})
    for signer in signers:
        envelope.sign(signer)
    return json.dumps(envelope.to_dict(), separators=(",", ":"), sort_keys=True).encode()


def open_envelope(
    data: bytes, keys: RoleKeys, payload_type: str, limit: int = ENVELOPE_LIMIT
) -> bytes:
    """Return the payload of an envelope that enough of the role's keys have signed.

    Args:
        data: the envelope as it came, not trusted.
        keys: the role's keys and threshold, from verified targets metadata.
        payload_type: the only type accepted; it is part of what was signed.
        limit: bytes of the envelope that are read at most.

    Raises:
        NotTrusted: too long, malformed, of another type, or not signed by enough keys.
    """
    if len(data) > limit:
        raise NotTrusted(f"Envelope for role {keys.role!r} has {len(data)} bytes of {limit}.")
    envelope = _parse(data, keys.role)
    if envelope.payload_type != payload_type:
        raise NotTrusted(
            f"Envelope for role {keys.role!r} holds {envelope.payload_type[:80]!r}"
            f" where {payload_type!r} belongs."
        )
    _verify(envelope, keys)
    return envelope.payload


def _verify(envelope: Envelope, keys: RoleKeys) -> None:
    try:
        envelope.verify(list(keys.keys), keys.threshold)
    except VerificationError as error:
        raise NotTrusted(
            f"Envelope lacks {keys.threshold} valid signature(s) of role {keys.role!r}."
        ) from error


def _parse(data: bytes, role: str) -> Envelope:
    try:
        document = json.loads(data, object_pairs_hook=_unique)
        return Envelope.from_dict(_shaped(document))
    except (ValueError, RecursionError, FormatError) as error:
        raise NotTrusted(f"Envelope for role {role!r} is not a DSSE envelope: {error}.") from error


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name stands twice")
    return names


def _shaped(document: object) -> dict[str, object]:
    """Check the shape of the DSSE JSON before the library touches it."""
    match document:
        case {
            "payload": str(payload),
            "payloadType": str(payload_type),
            "signatures": list(signatures),
        }:
            if not 1 <= len(signatures) <= SIGNATURE_LIMIT:
                raise ValueError(f"{len(signatures)} signatures, 1 to {SIGNATURE_LIMIT} allowed")
            shaped = [_signature(signature) for signature in signatures]
            return {"payload": payload, "payloadType": payload_type, "signatures": shaped}
        case _:
            raise ValueError("payload, payloadType and signatures are missing")


def _signature(signature: object) -> dict[str, str]:
    match signature:
        case {"keyid": str(keyid), "sig": str(sig)} if len(keyid) + len(sig) <= _TEXT_LIMIT:
            return {"keyid": keyid, "sig": sig}
        case _:
            raise ValueError("a signature is not a short keyid and sig")
