"""Staged rollouts as a pure machine."""
