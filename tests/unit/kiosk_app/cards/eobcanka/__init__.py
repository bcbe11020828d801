"""Tests of the contact chip's reading."""
