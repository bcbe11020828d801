"""How letters leave the gateway: into a folder, by SMTP, or to a text message gateway over HTTP."""
