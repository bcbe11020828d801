"""Virtual hardware and fakes of ports."""
