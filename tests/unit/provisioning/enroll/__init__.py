"""Unit tests of provisioning.enroll."""
