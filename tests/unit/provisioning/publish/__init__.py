"""Unit tests of provisioning.publish."""
