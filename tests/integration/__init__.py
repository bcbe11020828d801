"""Tests over real services."""
