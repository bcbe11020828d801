"""Unit tests of provisioning."""
