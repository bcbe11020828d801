"""The account contract as HTTP: FastAPI in front of the desks, which alone decide."""
