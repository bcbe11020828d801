"""Unit tests of the kiosk's screens."""
