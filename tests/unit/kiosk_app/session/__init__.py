"""Unit tests of the kiosk's session."""
