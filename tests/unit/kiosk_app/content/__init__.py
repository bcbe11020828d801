"""Unit tests of the public content."""
