"""Attack: the next person looks for the last citizen in memory, files and logs of the kiosk."""

import os
from pathlib import Path

from tests.integration.kiosk_rig import alive, wait_until
from tests.integration.kiosk_town import WASTE_FEE, Town, town

SECRETS = ("VZOROVÁ", "VZOROVA<<", "999009812", "KO-9000017")
CHUNK = 1 << 20


def test_nothing_of_the_citizen_is_left_in_any_living_process_or_file(tmp_path: Path) -> None:
    with town(tmp_path) as infobox:
        used = _a_whole_visit(infobox)
        kiosk = infobox.kiosk
        wait_until("a new spare", lambda: len(kiosk.windows()) == 2)
        assert used not in kiosk.windows()
        for pid in (kiosk.process.pid, *kiosk.windows()):
            assert _found_in_memory(pid) == [], f"process {pid}"
        for file in (kiosk.log, *tmp_path.glob(".cache/**/*"), *tmp_path.glob(".local/**/*")):
            assert _found(file.read_bytes() if file.is_file() else b"") == [], str(file)


def _a_whole_visit(infobox: Town) -> int:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    infobox.sign_in()
    assert _found_in_memory(used) != []  # or the search itself would not see anything
    kiosk.touch("account-todos", WASTE_FEE)
    kiosk.wait_showing("payment")
    kiosk.touch("payment", "print")
    kiosk.wait_showing("printed")
    infobox.take_card()
    wait_until("the used window's death", lambda: not alive(used), 3)
    kiosk.wait_showing("attract")
    return used


def _found(data: bytes) -> list[str]:
    encodings = ("utf-8", "utf-16-le", "latin-1")
    return [s for s in SECRETS if any(s.encode(e) in data for e in encodings)]


def _found_in_memory(pid: int) -> list[str]:
    found: set[str] = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, permissions = line.split()[:2]
            begin, end = (int(part, 16) for part in span.split("-"))
            if permissions.startswith("rw"):
                found |= set(_found(_read(memory.fileno(), begin, end)))
    return sorted(found)


def _read(descriptor: int, begin: int, end: int) -> bytes:
    parts = []
    for start in range(begin, end, CHUNK):
        try:
            parts.append(os.pread(descriptor, min(CHUNK, end - start), start))
        except OSError:  # a page that is mapped and not there
            parts.append(b"")
    return b"".join(parts)
