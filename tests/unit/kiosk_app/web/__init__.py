"""Unit tests of the web policy."""
