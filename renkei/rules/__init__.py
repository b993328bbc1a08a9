"""Plain Python about days, names and numbers: no framework, no clock, no settings."""
