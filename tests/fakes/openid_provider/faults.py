"""What a provider can be made to do wrong."""

from enum import StrEnum


class Fault(StrEnum):
    """One fault, until it is taken back."""

    SLOW_DOWN = "slow-down"
    WRONG_SIGNATURE = "wrong-signature"
    UNSIGNED = "unsigned"
    SIGNED_WITH_THE_PUBLIC_KEY = "signed-with-the-public-key"
    WRONG_AUDIENCE = "wrong-audience"
    TWO_AUDIENCES = "two-audiences"
    WRONG_ISSUER = "wrong-issuer"
    OLD_TOKEN = "old-token"  # noqa: S105 - the name of a fault
    NO_SUBJECT = "no-subject"
    WEAK_ACR = "weak-acr"
    OVERSIZE = "oversize"
    REDIRECT = "redirect"
    NOT_JSON = "not-json"
    BROKEN = "broken"
    OTHER_DISCOVERY = "other-discovery"
    PLAIN_HTTP_ENDPOINTS = "plain-http-endpoints"
    ENDPOINTS_ELSEWHERE = "endpoints-elsewhere"
    SILENT = "silent"
    ENDLESS_HEAD = "endless-head"
