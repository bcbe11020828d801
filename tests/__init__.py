"""Tests, fakes at the very edge, benchmarks and the demo."""
