"""Web pages in the kiosk: which URL may load, and the engine."""
