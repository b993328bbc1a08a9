"""Sentences to the person at the prompt: Japanese, or English where the machine speaks it."""

import os
import sys
from typing import NoReturn


def said(japanese: str, english: str) -> str:
    """The sentence in the language that the environment names; Japanese where it names none."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return english if spoken.startswith("en") else japanese


def say(japanese: str, english: str) -> None:
    """One sentence on standard error."""
    print(said(japanese, english), file=sys.stderr, flush=True)


def refuse(japanese: str, english: str, status: int = 1) -> NoReturn:
    """Say why it cannot be done, and end."""
    say(japanese, english)
    raise SystemExit(status)
