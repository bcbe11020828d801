"""The language of the wire: topics, statements, commands, reports, local messages."""
