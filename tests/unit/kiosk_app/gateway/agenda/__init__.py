"""Unit tests of the agendas: declarations and items."""
