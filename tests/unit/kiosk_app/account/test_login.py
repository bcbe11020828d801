"""What kiosk and gateway say to log in never shows its secrets where it could be logged."""

from datetime import UTC, datetime

from kiosk_app.account.login import AccountToken


def test_a_token_shows_its_end_and_not_its_secret() -> None:
    token = AccountToken("Q7x-secret", datetime(2026, 5, 17, tzinfo=UTC), "substantial")
    assert "Q7x-secret" not in f"{token!r} {token}"
    assert "substantial" in repr(token)
