"""The contract with the city hall: model, codec and client."""
