"""Tests of the demo's own logic."""
