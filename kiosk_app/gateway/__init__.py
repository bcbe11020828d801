"""The city hall's end of the account contract: verifies cards, aggregates agendas, serves accounts."""
