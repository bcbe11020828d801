"""Unit tests of the kiosk's usher."""
