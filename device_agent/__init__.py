"""The one process of a device that speaks to the city: content, updates, health."""
