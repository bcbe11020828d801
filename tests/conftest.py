"""Settings for all tests; it holds no fixture."""

from hypothesis import settings

from kiosk_app.lasting_none import keep_none

# A loaded machine makes the default of 200 ms for one example a gate on absolute time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Some tests use Qt in this process; under Python 3.11 it would use up None (docs/adr/0006).
keep_none()
