"""The public information of the city: parse, search, cache."""
