"""The citizen's session as a pure machine: model, events, effects, step."""
