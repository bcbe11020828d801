"""The agent's doors to the world: MQTT, content store, slots, local server."""
