"""The papers a town owes: what each says, taken from the register and the work under its agreements."""
