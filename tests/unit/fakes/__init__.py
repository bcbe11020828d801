"""The fakes themselves, where something stands on them alone."""
