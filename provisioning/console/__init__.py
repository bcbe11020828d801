"""IT's view of the fleet and its bridge to the broker."""
