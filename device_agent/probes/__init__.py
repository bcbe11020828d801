"""Health readings of the device, one probe a file."""
