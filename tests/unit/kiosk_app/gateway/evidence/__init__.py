"""Tests of the evidence at the gateway."""
