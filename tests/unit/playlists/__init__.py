"""Unit tests of this package."""
