"""A TUF fetcher over a folder: the edge of HTTP for tests of what is published."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface, Updater


class FolderFetcher(FetcherInterface):
    """Answers `http://city/<path>` from a folder, with 404 for what is not there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = self.root / urlsplit(url).path.lstrip("/")
        try:
            yield path.read_bytes()
        except FileNotFoundError as error:
            raise DownloadHTTPError(f"{url}: not found", 404) from error


def updater(repository: Path, trust: bytes, folder: Path) -> Updater:
    """python-tuf's own client of a repository folder, its state kept in `folder`."""
    for name in ("metadata", "targets"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return Updater(
        metadata_dir=str(folder / "metadata"),
        metadata_base_url="http://city/metadata/",
        target_dir=str(folder / "targets"),
        target_base_url="http://city/targets/",
        fetcher=FolderFetcher(repository),
        bootstrap=trust,
    )
