"""The demo's carrier: each letter becomes a file in a folder, and nothing is sent anywhere."""

import json
import os
from pathlib import Path

from kiosk_app.gateway.submissions.delivery.carrying import NotCarried
from kiosk_app.gateway.submissions.outbox import Letter


class FolderCarrier:
    """Writes `<id>.json`, and an attachment beside it; the same letter twice is one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, letter: Letter) -> None:
        """Write the letter; raises `NotCarried`."""
        shown = {
            "id": letter.id,
            "kind": letter.kind,
            "channel": letter.channel,
            "address": letter.address,
            "subject": letter.subject,
            "text": letter.text,
            "attachment": None if letter.attachment is None else letter.attachment.media_type,
        }
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if letter.attachment is not None:
                self._write(f"{letter.id}.attachment", letter.attachment.data)
            data = json.dumps(shown, ensure_ascii=False, indent=2).encode()
            self._write(f"{letter.id}.json", data)
        except OSError as error:
            raise NotCarried(f"the folder: {error.strerror}") from error

    def _write(self, name: str, data: bytes) -> None:
        fresh = self._folder / f".{name}.new"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
            file.write(data)
        fresh.replace(self._folder / name)
