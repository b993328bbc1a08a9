"""Papers made from templates and plain fields."""
