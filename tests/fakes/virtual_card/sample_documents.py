"""The sample cards that work: each kind of document and of chip once, and those out of date."""

from dataclasses import replace

from tests.fakes.document_signer import JANA, KAREL, Person, Recipe, SampleState
from tests.fakes.document_signer.people import lines
from tests.fakes.virtual_card.cryptography_of_chip import TRIPLE_DES
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.fakes.virtual_card.sample_cards import SampleCard, chip, register

_GM, _IM, _CAM = Mapping.GENERIC, Mapping.INTEGRATED, Mapping.CHIP_AUTHENTICATION
_PASSPORT = replace(JANA, size="TD3")
_OLD_PASSPORT = replace(KAREL, size="TD3")
_SEVERAL = (Offer(_IM, 13), Offer(_GM, 12, 256), Offer(_GM, 16))
_BAC_ONLY = Profile((), bac=True, extended=False, block=224)


def _add(
    name: str,
    sentence: str,
    person: Person = JANA,
    profile: Profile | None = None,
    recipe: Recipe | None = None,
    *,
    by_zone: bool = False,
) -> None:
    opens = f"--mrz '{lines(person)}'" if by_zone else f"--can {person.can}"
    register(SampleCard(name, sentence, opens, lambda state: chip(state, person, profile, recipe)))


def _add_todays() -> None:
    _add("jana", "identity card, PACE on P-256 with AES-128, chip authentication")
    _add("karel", "the same of another person", KAREL)
    _add("im", "PACE with integrated mapping", JANA, Profile((Offer(_IM),)))
    cam = Profile((Offer(_CAM), Offer(_GM)))
    _add("cam", "PACE with chip authentication mapping", JANA, cam, Recipe(chip_keys=()))
    _add("several", "three variants of PACE on three curves", JANA, Profile(_SEVERAL))
    strong = Profile((Offer(_GM, 17, 256),))
    _add("strong", "brainpoolP512r1 with AES-256", JANA, strong, Recipe(chip_keys=((17, 256),)))
    two_keys = Recipe(chip_keys=((12, 128), (13, 256)))
    _add("two-keys", "two keys of chip authentication", JANA, recipe=two_keys)
    explicit = Recipe(chip_keys=((13, 128),), explicit=True)
    _add("explicit", "a chip's key whose curve is given in all its numbers", recipe=explicit)
    short = Profile(extended=False, block=128)
    _add("short", "no extended lengths, small blocks", JANA, short)
    active = Recipe(chip_keys=(), active="ecdsa")
    _add("active", "active authentication with ECDSA only", JANA, recipe=active)


def _add_older() -> None:
    des = Profile((Offer(bits=TRIPLE_DES),), bac=True)
    keys = Recipe(chip_keys=((12, TRIPLE_DES),))
    _add("3des", "PACE and chip authentication with 3DES", JANA, des, keys)
    td2 = replace(KAREL, size="TD2")
    _add("td2", "a document of size TD2", td2)
    passport = Profile((Offer(_GM, 13),), bac=True)
    _add("jana-passport", "passport: PACE or BAC", _PASSPORT, passport, by_zone=True)
    rsa = Recipe(chip_keys=(), active="rsa", active_hash="sha1")
    old = "passport: BAC only, active authentication with RSA and SHA-1"
    _add("old-passport", old, _OLD_PASSPORT, _BAC_ONLY, rsa, by_zone=True)
    long_rsa = Recipe(chip_keys=(), active="rsa", active_bits=2048)
    _add("active-rsa", "active authentication with RSA of 2,048 bits, SHA-256", recipe=long_rsa)
    plain = Recipe(chip_keys=())
    _add("no-proof", "a chip that cannot prove that it is no copy", recipe=plain)
    _add("expired", "expired on 1 January 2025", replace(JANA, expiry="250101"))
    _add("stranger", "nobody the city hall knows", replace(JANA, number="999009899", can="111222"))


def _add_of_other_signers() -> None:
    def unknown(state: SampleState) -> SampleState:
        return SampleState(seed=f"{state.seed}/unknown")

    register(
        SampleCard(
            "unknown-signer",
            "issued by a state that nobody knows",
            f"--can {JANA.can}",
            lambda state: chip(unknown(state)),
        )
    )
    register(
        SampleCard(
            "revoked-signer",
            "its document signer is on the state's revocation list",
            f"--can {JANA.can}",
            lambda state: chip(state.with_revoked_signer()),
        )
    )


def add_all() -> None:
    """Register them."""
    _add_todays()
    _add_older()
    _add_of_other_signers()
