"""What the city's IT runs."""
