"""Recorded conversations with each kind of card, as commented text; see ``script``."""
