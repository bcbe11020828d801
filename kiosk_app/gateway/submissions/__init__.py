"""What citizens hand in: messages, appointments, choices, reports; each once, with a number."""
