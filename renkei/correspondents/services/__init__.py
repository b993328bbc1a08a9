"""What can be done about partners' people: verbs, each in its own module."""
