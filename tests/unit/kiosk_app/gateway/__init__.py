"""Unit tests of the account gateway."""
