"""The city hall's end of the account contract: checks cards, gathers agendas, serves accounts."""
