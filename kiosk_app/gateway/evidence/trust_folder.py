"""The trust in force out of two folders, read anew when a file of them changes; judges nothing."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk_app.gateway.evidence import store_files
from kiosk_app.gateway.evidence.chain import Anchors
from kiosk_app.gateway.evidence.store_files import Stamp, TrustStoreError
from kiosk_app.gateway.evidence.trust import CscaStore, TrustPolicy

logger = logging.getLogger(__name__)

_LOOKS_EVERY: Final = 1.0
_Stamps = tuple[Stamp | None, Stamp | None]


class TrustFolder:
    """Country signing certificates in one folder, revocation lists in another.

    A change that cannot be used is logged, and what was known before stays in force.

    Args:
        csca: the folder of pinned certificates.
        lists: the folder of revocation lists; None: there are none.
        policy: what the city decided.
        anchors: which of the certificates are believed for being pinned.
        seconds: how long a look at the folders holds.
        clock: monotonic seconds.

    Raises:
        TrustStoreError: at the start, when a folder or a file cannot be used.
    """

    def __init__(
        self,
        csca: Path,
        lists: Path | None = None,
        policy: TrustPolicy | None = None,
        anchors: Anchors = Anchors.SELF_SIGNED,
        seconds: float = _LOOKS_EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._csca = csca
        self._lists = lists
        self._policy = policy or TrustPolicy()
        self._anchors = anchors
        self._seconds = seconds
        self._clock = clock
        self._renewing = threading.Lock()
        self._looked = clock()
        self._stamps = self._look()
        self._store = self._load()

    def current(self) -> CscaStore:
        """The store in force now; a folder is looked at once a second.

        Whoever finds a change waits until it is read; the others go on with what was known.
        """
        due = self._clock() - self._looked >= self._seconds
        if due and self._renewing.acquire(blocking=False):
            try:
                self._looked = self._clock()
                self._renew()
            finally:
                self._renewing.release()
        return self._store

    def _renew(self) -> None:
        stamps = self._look()
        if stamps == self._stamps:
            return
        # The stamps are older than what is read: a change in between is seen at the next look.
        self._stamps = stamps
        try:
            self._store = self._load()
        except TrustStoreError as error:
            logger.error("%s What was known before stays in force.", error)  # noqa: TRY400 - a sentence, no bug
        else:
            logger.info("The trusted certificates and lists were read anew.")

    def _look(self) -> _Stamps:
        csca = store_files.stamp(self._csca, store_files.CERTIFICATE_SUFFIXES)
        if self._lists is None:
            return csca, None
        return csca, store_files.stamp(self._lists, store_files.LIST_SUFFIXES)

    def _load(self) -> CscaStore:
        certificates = store_files.load_certificates(self._csca)
        lists = () if self._lists is None else store_files.load_lists(self._lists)
        return CscaStore(certificates, lists, self._policy, self._anchors)
