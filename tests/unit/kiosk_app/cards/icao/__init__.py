"""Unit tests of the ICAO language."""
