"""Agendas: what one office knows about a person, declared in YAML and read from its database."""
