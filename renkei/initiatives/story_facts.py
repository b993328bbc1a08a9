"""A story as somebody writes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoryFacts:
    """What came of an agreement in a fiscal year, told for everyone; paragraphs are parted by empty lines."""

    fiscal_year: int
    title: str
    text: str
