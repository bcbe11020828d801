"""The agent's decisions: pure machines for updates, health and desired state."""
