"""Attack: the next person looks for the last citizen in what is left on the device.

Looked through are the memory of all that lives on (usher, windows, pcscd with its driver, X
server), files, logs, shared memory and whatever was said to the agent; a used window must leave no
core file.
"""

import base64
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from pyzbar import pyzbar

from tests.fakes.document_signer import JANA, Person
from tests.integration.kiosk_rig import Kiosk, alive, children_of, wait_until
from tests.integration.kiosk_town import WASTE_FEE, Town, town

VISITOR = replace(JANA, can="907315")  # the cards drawn on the screens bear 123456
STRANGER = Person("NEZNAMA", "EVA", "999009899", "900101", "F", "318264")
SECRETS = ("VZOROVÁ", "VZOROVA<<", "999009812", "8405177F", "KO-9000017", VISITOR.can)
STRANGERS_SECRETS = ("NEZNAMA<<", "999009899", STRANGER.can)
PIN = "80417396"  # long enough not to be met by chance
CHUNK = 1 << 20
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - looked into, not written


@pytest.fixture
def infobox(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as infobox:
        yield infobox


def test_nothing_of_a_citizen_is_left_after_a_whole_visit(infobox: Town, tmp_path: Path) -> None:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    infobox.sign_in(VISITOR)
    seen = set(_found_in_memory(used, SECRETS))
    assert seen >= {"VZOROVÁ", "KO-9000017"}  # or the search would see nothing
    kiosk.touch("account-todos", WASTE_FEE)
    kiosk.wait_showing("payment")
    kiosk.touch("payment", "print")
    kiosk.wait_showing("printed")
    _assert_nothing_is_left(infobox, used, SECRETS, tmp_path)


def test_nothing_of_a_person_without_an_account_is_left(infobox: Town, tmp_path: Path) -> None:
    used = infobox.kiosk.windows()[0]
    infobox.sign_in(STRANGER, then="problem")
    _assert_nothing_is_left(infobox, used, STRANGERS_SECRETS, tmp_path)


def test_nothing_of_an_account_pin_is_left(infobox: Town, tmp_path: Path) -> None:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    infobox.gateway.choose_pin(PIN)
    infobox.sign_in(VISITOR)
    kiosk.touch("account-todos", "unlock")
    kiosk.wait_showing("pin")
    _type(kiosk, "pin", PIN)
    kiosk.wait_showing("account")
    _assert_nothing_is_left(infobox, used, (*SECRETS, PIN), tmp_path)


def test_nothing_of_a_passport_s_printed_data_is_left(infobox: Town, tmp_path: Path) -> None:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    _ask_for_the_account(kiosk)
    kiosk.touch("can", "way.passport")
    kiosk.wait_showing("passport")
    _type(kiosk, "passport", JANA.number)
    _type(kiosk, "passport-date", "17051984", confirm=False)
    _type(kiosk, "passport-date", "01012034")
    kiosk.wait_showing("put-card")
    infobox.put_card(VISITOR)
    kiosk.wait_showing("account")
    typed = ("17051984", "01012034", "01.01.2034")  # the sample birthday is in our own texts
    _assert_nothing_is_left(infobox, used, (*SECRETS, *typed), tmp_path)


def test_nothing_of_an_account_opened_by_phone_is_left_to_who_puts_a_card(
    infobox: Town, tmp_path: Path
) -> None:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    _ask_for_the_account(kiosk)
    kiosk.touch("can", "way.phone")
    kiosk.wait_showing("phone")
    picture = tmp_path / "screen.png"
    kiosk.screenshot(picture)
    (found,) = pyzbar.decode(Image.open(picture).convert("L"))
    code = parse_qs(urlsplit(found.data.decode()).query)["user_code"][0]
    infobox.provider.confirm(code, "jana")
    kiosk.wait_showing("account")
    infobox.put_card(STRANGER)
    wait_until("the used window's death", lambda: not alive(used), 3)
    kiosk.wait_showing("take-card")
    phone = ("VZOROVÁ", "KO-9000017", code, code.replace("-", ""))
    _assert_nothing_is_left(infobox, used, phone, tmp_path)


def test_a_window_that_crashes_before_a_citizen_leaves_no_core_file(
    infobox: Town, tmp_path: Path
) -> None:
    used = infobox.kiosk.windows()[0]
    infobox.sign_in(VISITOR)
    limits = Path(f"/proc/{used}/limits").read_text().splitlines()
    core = next(line for line in limits if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]
    os.kill(used, 6)  # SIGABRT: what a failed assertion in a library does
    wait_until("the crashed window's death", lambda: not alive(used), 3)
    cores = [*Path.cwd().glob("core*"), *tmp_path.glob("**/core*")]
    assert [file for file in cores if file.is_file()] == []


def _ask_for_the_account(kiosk: Kiosk) -> None:
    kiosk.touch("attract", "touch")
    kiosk.wait_showing("home")
    kiosk.touch("home", "tile.account")
    kiosk.wait_showing("can")


def _type(kiosk: Kiosk, screen: str, signs: str, *, confirm: bool = True) -> None:
    for sign in signs:
        kiosk.touch(screen, f"key.{sign}")
    if confirm:
        kiosk.touch(screen, "key.ok")


def _assert_nothing_is_left(
    infobox: Town, used: int, secrets: tuple[str, ...], folder: Path
) -> None:
    infobox.take_card()
    wait_until("the used window's death", lambda: not alive(used), 3)
    kiosk = infobox.kiosk
    kiosk.wait_showing("attract")
    wait_until("a new spare", lambda: len(kiosk.windows()) == 2)
    assert used not in kiosk.windows()
    kiosk_and_reader = (*_tree(kiosk.process.pid), *_tree(infobox.reader.pid))
    for pid in (*kiosk_and_reader, infobox.server.process.pid):
        assert _found_in_memory(pid, secrets) == [], f"process {pid}: {_name(pid)}"
    for file in (kiosk.log, *folder.glob(".*/**/*"), *SHARED_MEMORY.glob("*")):
        assert _found(_content(file), secrets) == [], str(file)
    assert _found(b"".join(kiosk.agent.lines), secrets) == []
    assert used not in _makers_of_shared_memory()


def _tree(pid: int) -> list[int]:
    return [pid, *(each for child in children_of(pid) for each in _tree(child))]


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()


def _makers_of_shared_memory() -> set[int]:
    """Who made the System V segments that are there (proc(5), /proc/sysvipc/shm: cpid)."""
    lines = Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
    return {int(line.split()[4]) for line in lines}


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # a folder, or another program's file that went meanwhile
        return b""


def _found(data: bytes, secrets: tuple[str, ...]) -> list[str]:
    return [s for s in secrets if any(form in data for form in _forms(s))]


def _forms(secret: str) -> set[bytes]:
    """A text as it may lie about: in each encoding, as hexadecimal and within base64."""
    plain = secret.encode()
    shifted = (base64.b64encode(b"x" * shift + plain) for shift in range(3))
    inside = {text[4:-4] for text in shifted} if len(plain) > 8 else set()  # shorter: met by chance
    forms = {plain, secret.encode("utf-16-le"), secret.encode("latin-1"), *inside}
    return forms | {plain.hex().encode(), plain.hex().upper().encode()}


def _found_in_memory(pid: int, secrets: tuple[str, ...]) -> list[str]:
    found: set[str] = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, permissions = line.split()[:2]
            begin, end = (int(part, 16) for part in span.split("-"))
            if permissions.startswith("rw"):
                found |= set(_found(_read(memory.fileno(), begin, end), secrets))
    return sorted(found)


def _read(descriptor: int, begin: int, end: int) -> bytes:
    parts = []
    for start in range(begin, end, CHUNK):
        try:
            parts.append(os.pread(descriptor, min(CHUNK, end - start), start))
        except OSError:  # a page that is mapped and not there
            parts.append(b"")
    return b"".join(parts)
