"""The demo: a throw-away city, its supervisor and the tour."""
