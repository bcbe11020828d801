"""Fetches from the content server over HTTPS with the device's certificate, verified by TUF.

Only this module knows requests and the TUF client. It hands out bytes that a delegated role signed
and blobs that match their digest; what they mean is decided elsewhere.
"""

import logging
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import requests
from tuf.api.exceptions import DownloadError, DownloadHTTPError, RepositoryError, SlowRetrievalError
from tuf.api.metadata import Metadata, Root, Targets
from tuf.api.serialization import DeserializationError
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from device_agent.adapters.blobs import BlobRefused, BlobStore
from provisioning.trust import NotTrusted, Role, RoleKeys, role_keys

logger = logging.getLogger(__name__)

MAX_TARGET = 1024 * 1024  # bytes of a programme or release document
_TIMEOUT = (5.0, 15.0)  # seconds to connect, seconds of silence
_CHUNK = 64 * 1024
_SLOWEST = 16 * 1024  # bytes a second a download must make on the whole
_ALLOWANCE = 60.0  # seconds any download may take
_RANGE = re.compile(r"bytes (\d{1,18})-")


class StoreCause(StrEnum):
    """Why; only what is signed and still of no use stays so."""

    UNAVAILABLE = "content-unavailable"
    NOT_TRUSTED = "content-not-trusted"
    UNUSABLE = "content-unusable"


class StoreProblem(Exception):  # noqa: N818 - a cause to report, not a fault of ours
    """Something could not be had; one sentence and its cause."""

    def __init__(self, sentence: str, cause: StoreCause) -> None:
        super().__init__(sentence)
        self.cause = cause


@dataclass(frozen=True)
class StoreSettings:
    """Where the repository is, who the device is, the pinned root and where metadata is kept."""

    url: str
    ca: Path
    certificate: Path
    key: Path
    root: Path
    metadata: Path


class _Https(FetcherInterface):
    """Downloads for the TUF client and for blobs, with the device's certificate."""

    def __init__(self, settings: StoreSettings) -> None:
        self._session = requests.Session()
        self._response: requests.Response | None = None
        self._session.trust_env = False
        self._session.verify = str(settings.ca)
        self._session.cert = (str(settings.certificate), str(settings.key))
        self._session.headers["Accept-Encoding"] = "identity"

    def _fetch(self, url: str) -> Iterator[bytes]:
        response = self._get(url, {})
        return self._chunks(response)

    def _get(self, url: str, headers: dict[str, str]) -> requests.Response:
        try:
            response = self._session.get(
                url, headers=headers, stream=True, timeout=_TIMEOUT, allow_redirects=False
            )
        except requests.Timeout as error:
            raise SlowRetrievalError(f"{url}: no answer in time") from error
        except requests.RequestException as error:
            raise DownloadError(f"{url}: {type(error).__name__}") from error
        if response.status_code not in {200, 206}:
            response.close()
            raise DownloadHTTPError(f"{url}: status {response.status_code}", response.status_code)
        self._response = response
        return response

    def hang_up(self) -> None:
        """Close the last download where it was broken off: a server must not go on with it."""
        if self._response is not None:
            self._response.close()
            self._response = None

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
        began, size = time.monotonic(), 0
        try:
            for chunk in response.iter_content(_CHUNK):
                size += len(chunk)
                if time.monotonic() - began > _ALLOWANCE + size / _SLOWEST:
                    raise SlowRetrievalError(f"{response.url}: too slow")
                yield chunk
        except requests.RequestException as error:
            raise DownloadError(f"{response.url}: {type(error).__name__}") from error
        finally:
            response.close()

    def open_at(self, url: str, offset: int) -> tuple[int, Iterator[bytes]]:
        """Begin a download at an offset if the server can, else at 0 (RFC 9110, section 14)."""
        response = self._get(url, {"Range": f"bytes={offset}-"} if offset else {})
        if response.status_code == requests.codes.partial_content:
            found = _RANGE.match(response.headers.get("Content-Range", ""))
            return int(found[1]) if found else -1, self._chunks(response)
        return 0, self._chunks(response)


class ContentStore:
    """One device's view of the content server; used by one thread.

    Raises:
        OSError: the pinned root or a certificate cannot be read.
    """

    def __init__(self, settings: StoreSettings) -> None:
        self._settings = settings
        self._pinned = settings.root.read_bytes()
        self._https = _Https(settings)
        settings.metadata.mkdir(parents=True, exist_ok=True)

    def target(self, path: str) -> bytes:
        """The bytes of a target, after a refresh of all metadata on the way to it.

        Raises:
            StoreProblem: not to be had, or not trusted.
        """
        try:
            updater = self._updater()
            updater.refresh()
            info = updater.get_targetinfo(path)
            if info is None:
                raise StoreProblem(f"{path} is not published.", StoreCause.UNAVAILABLE)
            if info.length > MAX_TARGET:
                raise StoreProblem(
                    f"{path} is longer than {MAX_TARGET} bytes.", StoreCause.UNUSABLE
                )
            with tempfile.TemporaryDirectory(dir=self._settings.metadata) as folder:
                return Path(updater.download_target(info, f"{folder}/target")).read_bytes()
        except (DownloadError, OSError) as error:
            raise StoreProblem(f"{path} cannot be had: {error}.", StoreCause.UNAVAILABLE) from error
        except (RepositoryError, DeserializationError, ValueError) as error:
            raise StoreProblem(
                f"{path} is not trusted: {error}.", StoreCause.NOT_TRUSTED
            ) from error
        finally:
            self._https.hang_up()

    def blob(self, blobs: BlobStore, sha256: str, length: int) -> Path:
        """A blob, fetched unless it is here.

        Raises:
            StoreProblem: not to be had, or not the blob its digest names.
        """
        if blobs.has(sha256, length):
            return blobs.path(sha256)
        url = f"{self._settings.url.rstrip('/')}/blobs/{sha256}"
        try:
            return blobs.take(sha256, length, lambda offset: self._https.open_at(url, offset))
        except BlobRefused as error:
            raise StoreProblem(str(error), StoreCause.NOT_TRUSTED) from error
        except (DownloadError, OSError) as error:
            raise StoreProblem(
                f"Blob {sha256} cannot be had: {error}.", StoreCause.UNAVAILABLE
            ) from error
        finally:
            self._https.hang_up()

    def role_keys(self) -> dict[Role, RoleKeys]:
        """The keys of the roles, from the last verified metadata; empty before the first refresh.

        Metadata that has expired meanwhile still says who may speak: an alert must reach a device
        that has no content server.
        """
        try:
            root = Metadata[Root].from_bytes(self._root_bytes())
            local = Metadata[Targets].from_bytes(
                (self._settings.metadata / "targets.json").read_bytes()
            )
            root.signed.verify_delegate(Targets.type, local.signed_bytes, local.signatures)
        except (OSError, RepositoryError, DeserializationError, ValueError) as error:
            logger.info("There is no trusted local targets.json yet: %s", error)
            return {}
        keys: dict[Role, RoleKeys] = {}
        for role in Role:
            try:
                keys[role] = role_keys(local.signed, role)
            except NotTrusted as error:
                logger.warning("Role %s has no keys: %s", role.value, error)
        return keys

    def _root_bytes(self) -> bytes:
        try:
            return (self._settings.metadata / "root.json").read_bytes()
        except FileNotFoundError:
            return self._pinned

    def _updater(self) -> Updater:
        url = self._settings.url.rstrip("/")
        return Updater(
            metadata_dir=str(self._settings.metadata),
            metadata_base_url=f"{url}/metadata/",
            target_base_url=f"{url}/targets/",
            fetcher=self._https,
            config=UpdaterConfig(),
            bootstrap=self._pinned,
        )
