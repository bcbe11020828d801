"""Turns what libraries raise over a stranger's bytes into a refusal; it reads nothing itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_UNREADABLE = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError),
    UserWarning,  # of the library, where warnings are errors
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
)


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Refuse what cannot be read; `what` begins the sentence.

    Raises:
        EvidenceRefused: instead of what a library raised.
    """
    try:
        yield
    except UnsupportedAlgorithm as error:
        raise EvidenceRefused(
            RefusalReason.UNSUPPORTED, f"{what} uses an unknown algorithm."
        ) from error
    except _UNREADABLE as error:
        raise EvidenceRefused(
            RefusalReason.MALFORMED, f"{what} is not of the announced structure."
        ) from error
