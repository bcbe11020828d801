"""The contact chip of the Czech identity card (eObčanka): its files and states, never its codes."""
