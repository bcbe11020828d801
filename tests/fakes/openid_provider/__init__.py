"""A small OpenID provider with the device flow of RFC 8628, for tests and the demo.

It shares no code with the gateway: its tokens are signed here, by hand.
"""
