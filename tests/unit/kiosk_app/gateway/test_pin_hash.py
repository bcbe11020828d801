"""PINs are hashed with what RFC 9106 recommends, and only so many at once."""

import asyncio
import threading

import pytest

from kiosk_app.gateway.pin_hash import HashCost, PinHashes

QUICK = HashCost(1, 1024, 1)


def test_default_is_the_second_recommendation_of_the_standard() -> None:
    hashes = PinHashes(HashCost(), 1, b"pepper")
    assert hashes.make("2580").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    hashes.close()


def test_a_pin_fits_its_hash_and_no_other() -> None:
    hashes, others = PinHashes(QUICK, 1, b"pepper"), PinHashes(QUICK, 1, b"another city's")
    made = hashes.make("2580")
    assert made != hashes.make("2580")
    assert asyncio.run(hashes.fits(made, "2580"))
    assert not asyncio.run(hashes.fits(made, "2581"))
    assert not asyncio.run(others.fits(made, "2580"))
    hashes.close()
    others.close()


@pytest.mark.parametrize("made", [None, "", "no hash", "$argon2id$v=19$m=1,t=1"])
def test_what_is_no_hash_fits_nothing(made: str | None) -> None:
    hashes = PinHashes(QUICK, 1, b"pepper")
    for pin in ("", "2580"):
        assert not asyncio.run(hashes.fits(made, pin))
    hashes.close()


def test_a_hundred_guesses_take_the_memory_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = PinHashes(QUICK, 2, b"pepper")
    made, check = hashes.make("2580"), hashes._check
    at_once, most, lock = 0, 0, threading.Lock()

    def counted(made: str | None, pin: str) -> bool:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        good = check(made, pin)
        with lock:
            at_once -= 1
        return good

    monkeypatch.setattr(hashes, "_check", counted)

    async def crowd() -> None:
        await asyncio.gather(*(hashes.fits(made, "9999") for _ in range(100)))

    asyncio.run(crowd())
    hashes.close()
    assert most <= 2
