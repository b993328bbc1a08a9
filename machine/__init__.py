"""What the commands of `./run` do: set up, serve, test, check. Nothing in `renkei` imports it."""
