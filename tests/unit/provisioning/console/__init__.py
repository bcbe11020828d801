"""Unit tests of provisioning.console."""
