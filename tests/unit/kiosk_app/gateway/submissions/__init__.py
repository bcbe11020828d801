"""What citizens hand in: the pure parts."""
