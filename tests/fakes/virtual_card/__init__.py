"""A small ICAO chip in software, written apart from the product: shares no code with it."""
