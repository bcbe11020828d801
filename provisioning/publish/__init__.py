"""Making what devices download: the TUF repository and its content server."""
