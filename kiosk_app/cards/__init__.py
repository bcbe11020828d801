"""Identity cards: what chips say, and the one door to PC/SC."""
