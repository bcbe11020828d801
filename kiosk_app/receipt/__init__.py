"""Printed receipts: layout, QR Platba, bitmap, printer."""
