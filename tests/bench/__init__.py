"""Benchmarks, each beside a peer or the limit."""
