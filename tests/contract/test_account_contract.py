"""The committed contract is the one that is served, and what is sent keeps to it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import kiosk_app.account
from kiosk_app.account.causes import AccountCause
from kiosk_app.account.codec import encode_account
from kiosk_app.account.model import Account
from kiosk_app.account.problem import ProblemType, cause_of
from kiosk_app.gateway.contract import contract_yaml
from tests.unit.kiosk_app.account.accounts import account

COMMITTED = Path(kiosk_app.account.__file__).parent / "openapi.yaml"


def test_committed_contract_is_current() -> None:
    assert COMMITTED.read_text("utf-8") == contract_yaml(), "run: account-gateway openapi"


def _schema(name: str) -> Draft202012Validator:
    contract: dict[str, Any] = yaml.safe_load(COMMITTED.read_text("utf-8"))
    return Draft202012Validator(contract | {"$ref": f"#/components/schemas/{name}"})


@pytest.mark.parametrize("sent", [account(), Account(account().person, account().as_of)])
def test_account_as_sent_keeps_to_the_contract(sent: Account) -> None:
    _schema("Account").validate(json.loads(encode_account(sent)))


def test_account_schema_refuses_what_is_none() -> None:
    assert not _schema("Account").is_valid({"person": 7})


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
