"""Tests of the appliance image."""
