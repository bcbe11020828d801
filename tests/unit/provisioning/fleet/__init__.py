"""Unit tests of provisioning.fleet."""
