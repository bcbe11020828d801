"""One suite a port, run on the fake and the real thing."""
