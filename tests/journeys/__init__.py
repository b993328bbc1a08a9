"""Journeys of people through a real browser."""

PATIENCE = 40_000
"""Milliseconds for what a page has to do: a slow machine is no fault, and what never comes is told all the same."""
