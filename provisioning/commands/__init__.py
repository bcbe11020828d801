"""The command groups of `provisioning`; each adds its arguments and calls the city."""
