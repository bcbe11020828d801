"""The programme language: what a programme is and what is due now."""
