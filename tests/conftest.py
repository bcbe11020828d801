"""Settings for all tests; it holds no fixture."""

from hypothesis import settings

# A loaded machine makes the default of 200 ms for one example a gate on absolute time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
