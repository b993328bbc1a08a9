"""Public ids: short, stable names of records that are safe to print in an address."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """A new id of 12 characters (60 random bits), without the letters i, l, o, u that people misread."""
    number = secrets.randbits(5 * LENGTH)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(0, 5 * LENGTH, 5))


def carried_or_new(carried: str) -> str:
    """The id of what a form makes: the one that the form carries, or a new one where it carries none."""
    return carried if len(carried) == LENGTH and carried.isascii() and carried.isalnum() else new_public_id()
