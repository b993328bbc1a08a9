"""Papers for readers outside the town hall: one content, written as Word, PDF and slides."""
