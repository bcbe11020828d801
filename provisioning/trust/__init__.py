"""Who may say what: TUF roles, signed statements, verification."""
