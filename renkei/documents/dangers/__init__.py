"""What in a foreign file could harm its reader: found without running, fetching or trusting anything in it."""
