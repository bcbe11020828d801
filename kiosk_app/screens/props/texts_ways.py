"""The sentences of signing in, of the PIN and of a card in trouble, as a part of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk_app.account.model import PrincipalKind


@dataclass(frozen=True)
class WaysTexts:
    """The texts in one language; placeholders are `str.format` fields."""

    # a counted thing: one, two to four, more (or none)
    tries_left: tuple[str, str, str]
    retry_in: str

    # the ways beside the ID card, as keys
    passport_key: str
    card_key: str
    phone_key: str

    # passport
    passport_title: str
    passport_detail: str
    passport_wrong: str
    passport_next: str
    passport_number: str
    passport_born: str
    passport_expires: str
    date_shape: str
    not_a_date: str

    # phone
    phone_asking_title: str
    phone_asking_detail: str
    phone_title: str
    phone_steps: tuple[str, str, str]
    phone_code: str
    phone_page: str
    phone_left: str
    phone_waiting: str
    phone_unreachable: str
    phone_privacy: str
    phone_signed_in: str
    sign_out: str

    # account PIN
    pin_title: str
    pin_detail: str
    pin_wrong: str
    pin_checking_title: str
    pin_checking_detail: str
    unlock: str

    # what a sign-in does not open
    locked_title: str
    locked_by_pin: str
    locked_by_contactless: str
    locked_by_counter: str
    locked_pin: str
    nothing_open: str

    # whose account it is
    others: str
    whose_title: str
    whose_detail: str
    acting_for: Mapping[PrincipalKind, str]
    principal_kinds: Mapping[PrincipalKind, str]
    company_number: str
    shown_now: str
    switching_title: str
    switching_detail: str

    # a card in trouble
    works_title: str
    works_card: str
    works_contact: str
    works_passport: str
    works_phone: str
    works_public: str
    works_counter: str
    to_account: str
    new_code: str
