"""Unit tests of the device agent."""
