"""The sample city: Liberec with invented persons, as rows of an office's database."""
