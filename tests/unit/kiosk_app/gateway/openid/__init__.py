"""Tests of the OpenID client."""
