"""What can happen to a session: a touch, an answer of a worker, or something around it."""

from kiosk_app.session.events.answers import Answer
from kiosk_app.session.events.surroundings import Surroundings
from kiosk_app.session.events.touches import Touch

__all__ = ["Event"]

Event = Touch | Answer | Surroundings
