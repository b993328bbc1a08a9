"""Papers of a procedure, as PDF."""
