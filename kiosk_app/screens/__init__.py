"""The kiosk's screens: props derived from the session, and QML that shows them."""
