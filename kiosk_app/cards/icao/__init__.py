"""The language of ICAO Doc 9303 chips: bytes in, facts out; no reader, no clock, no chance."""
