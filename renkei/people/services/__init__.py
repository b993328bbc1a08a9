"""What can be done with people and divisions, and is told: each verb is one transaction and one told event."""
