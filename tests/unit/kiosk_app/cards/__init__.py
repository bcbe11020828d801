"""Unit tests of the card language."""
