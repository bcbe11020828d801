"""Unit tests of provisioning.trust."""
