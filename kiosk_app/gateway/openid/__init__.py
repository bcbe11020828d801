"""The city's OpenID provider as the gateway's way to recognise a person without a card."""
