"""The committed contract is the one that is served, and what is sent keeps to it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

import kiosk_app.account
from kiosk_app.account.causes import AccountCause
from kiosk_app.account.codec import encode_account
from kiosk_app.account.evidence import (
    ContactCardEvidence,
    DocumentEvidence,
    PaceChallenge,
    PaceNonce,
    PaceResponses,
    decode_evidence,
    decode_pace,
    decode_pace_commands,
    encode_evidence,
    encode_pace,
    encode_pace_commands,
)
from kiosk_app.account.login import (
    AccountToken,
    LoginChallenge,
    decode_challenge,
    decode_responses,
    decode_token,
    encode_challenge,
    encode_responses,
    encode_token,
)
from kiosk_app.account.model import Account, Assurance
from kiosk_app.account.problem import ProblemType, cause_of
from kiosk_app.gateway.http.bodies import AnswerBody, LoginBody, PaceBody
from kiosk_app.gateway.http.examples import EXAMPLES
from kiosk_app.gateway.http.openapi_text import contract_yaml
from tests.unit.kiosk_app.account.accounts import account

COMMITTED = Path(kiosk_app.account.__file__).parent / "openapi.yaml"


def test_committed_contract_is_current() -> None:
    assert COMMITTED.read_text("utf-8") == contract_yaml(), "run: account-gateway openapi"


CONTACT_CARD = {
    "card_number": "CZ1",
    "document_number": "999009812",
    "iok_state": 1,
    "certificate": "AA==",
    "issuers": [],
}
BODIES: list[object] = [
    {"document": {"dg1": "AA==", "sod": "AAAA"}},
    {"document": {"dg1": "AA==", "sod": "AAAA", "dg14": "", "dg15": None, "card_access": "AA=="}},
    {"document": {"dg1": ""}},
    {"document": {"dg1": "", "sod": 7}},
    {"document": {"dg1": "", "sod": None}},
    {"document": {"dg1": "", "sod": "", "more": ""}},
    {"document": {"dg1": "", "sod": ""}, "more": ""},
    {"document": {"dg1": "", "sod": ""}, "contact_card": CONTACT_CARD},
    {"document": None},
    {"contact_card": CONTACT_CARD},
    {"contact_card": CONTACT_CARD | {"iok_state": 256}},
    {"contact_card": CONTACT_CARD | {"iok_state": True}},
    {"contact_card": CONTACT_CARD | {"iok_state": -1}},
    {"contact_card": CONTACT_CARD | {"card_number": ""}},
    {"contact_card": CONTACT_CARD | {"card_number": "1 2"}},
    {"contact_card": CONTACT_CARD | {"card_number": "1" * 201}},
    {"contact_card": CONTACT_CARD | {"issuers": [""] * 9}},
    {"contact_card": CONTACT_CARD | {"issuers": ["", 7]}},
    {"contact_card": CONTACT_CARD | {"pin": "1234"}},
    {"nonce": "00ff"},
    {"nonce": 7},
    {"nonce": "00", "responses": []},
    {"responses": []},
    {"responses": ["9000", "aBcD"]},
    {"responses": ["900"]},
    {"responses": ["90 00"]},
    {"responses": ["90\n"]},
    {"responses": ["zz"]},
    {"responses": [b"\xd9\xa1".decode() * 2]},
    {"responses": [7]},
    {"responses": "9000"},
    {"responses": ["9000"] * 33},
    {"responses": [], "more": 1},
    [],
    "text",
    None,
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    ("declared", "decode"),
    [(LoginBody, decode_evidence), (PaceBody, decode_pace), (AnswerBody, decode_responses)],
)
def test_served_bodies_are_the_declared_ones(
    declared: type[BaseModel], decode: Callable[[bytes], object], body: object
) -> None:
    data = json.dumps(body).encode()
    assert _accepts(decode, data) == _accepts(declared.model_validate_json, data)


def _accepts(read: Callable[[bytes], object], data: bytes) -> bool:
    try:
        read(data)
    except ValueError:
        return False
    return True


def test_what_kiosk_and_gateway_write_the_other_reads() -> None:
    document = DocumentEvidence(b"\x61\x00", b"", b"\xff", card_security=b"\x30\x00")
    card = ContactCardEvidence("CZ1", "999009812", 1, b"\x30\x00", (b"\x30", b""))
    for evidence in (document, card):
        assert decode_evidence(encode_evidence(evidence)) == evidence
    for step in (PaceNonce(b"\x00\x01"), PaceResponses((b"\x90\x00", b""))):
        assert decode_pace(encode_pace(step)) == step
    assert decode_pace_commands(encode_pace_commands([b"\x10\x86"])) == (b"\x10\x86",)
    responses = (b"\x90\x00", b"")
    assert decode_responses(encode_responses(responses)) == responses
    challenge = LoginChallenge("id-1", (b"\x00\xa4",), (b"\x0c\xa4", b"\x0c\xb0"))
    assert decode_challenge(encode_challenge(challenge)) == challenge
    mapped = LoginChallenge("id-2", (), (), PaceChallenge(b"\x04\x00", 13))
    assert decode_challenge(encode_challenge(mapped)) == mapped
    token = AccountToken("secret", datetime(2026, 11, 24, 12, tzinfo=UTC), Assurance.CHIP)
    assert decode_token(encode_token(token)) == token


@cache
def _contract() -> dict[str, Any]:
    contract: dict[str, Any] = yaml.safe_load(COMMITTED.read_text("utf-8"))
    return contract


def _schema(name: str) -> Draft202012Validator:
    contract = _contract()
    return Draft202012Validator(contract | {"$ref": f"#/components/schemas/{name}"})


@pytest.mark.parametrize("sent", [account(), Account(account().person, account().as_of)])
def test_account_as_sent_keeps_to_the_contract(sent: Account) -> None:
    _schema("Account").validate(json.loads(encode_account(sent)))


def test_account_schema_refuses_what_is_none() -> None:
    assert not _schema("Account").is_valid({"person": 7})


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_keep_to_their_schemas(name: str) -> None:
    _schema(name).validate(EXAMPLES[name])


def test_contract_tells_a_stranger_all() -> None:
    contract, problems = _contract(), _schema("Problem")
    schemes = contract["components"]["securitySchemes"]
    assert {scheme["type"] for scheme in schemes.values()} == {"mutualTLS", "http"}
    told = set()
    for path, operations in contract["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            assert all("kiosk" in need for need in operation["security"])
            assert set(operation["security"][0]) <= schemes.keys()
            for status, answer in operation["responses"].items():
                assert answer["description"] not in {"", "Successful Response"}, path
                problem = answer.get("content", {}).get("application/problem+json")
                if problem is None:
                    assert status.startswith("2")
                    continue
                for example in problem["examples"].values():
                    problems.validate(example["value"])
                    assert str(example["value"]["status"]) == status
                told |= {example["value"]["type"] for example in problem["examples"].values()}
    # What no route answers, but whatever leads to none.
    nowhere = {ProblemType.NOT_ALLOWED.uri}
    assert {problem.uri for problem in ProblemType} - told <= nowhere


def test_each_name_that_the_contract_uses_is_there() -> None:
    used = set(re.findall(r"#/components/schemas/(\w+)", COMMITTED.read_text("utf-8")))
    assert used <= _contract()["components"]["schemas"].keys()


@pytest.mark.parametrize("problem", ProblemType)
def test_each_problem_becomes_its_cause(problem: ProblemType) -> None:
    assert cause_of(problem.uri, problem.status) is problem.cause


@pytest.mark.parametrize(
    ("status", "cause"),
    [(400, AccountCause.BROKEN_ANSWER), (500, AccountCause.UNREACHABLE)],
)
def test_unknown_problem_goes_by_its_status(status: int, cause: AccountCause) -> None:
    assert cause_of("about:blank", status) is cause
    assert cause_of(None, status) is cause


def test_types_of_problems_are_unique() -> None:
    assert len({problem.uri for problem in ProblemType}) == len(ProblemType)
