"""Unit tests of the receipts."""
