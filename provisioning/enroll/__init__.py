"""Device identity: the certificate authority, device certificates, broker configuration."""
