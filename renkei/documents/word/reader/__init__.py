"""Reads a Word file: package → runs → blocks → text. Only ever called in the process that opens foreign files."""
