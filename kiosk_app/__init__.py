"""Everything a citizen meets at an infobox."""
