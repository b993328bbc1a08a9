"""Word files: written as a town signs them, and opened as they come back."""
