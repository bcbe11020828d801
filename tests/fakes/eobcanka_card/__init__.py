"""The contact chip of an eObčanka in software, apart from the product: shares no code with it."""
