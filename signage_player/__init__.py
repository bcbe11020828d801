"""The lobby screen: decides what is due and shows it."""
