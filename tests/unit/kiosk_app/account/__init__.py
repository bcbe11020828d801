"""Unit tests of the account contract."""
