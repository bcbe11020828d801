"""Tests of the bench's own logic."""
