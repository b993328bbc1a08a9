"""What the register does once a day: papers made for a series are deleted after a month."""

from datetime import date
from typing import Any

from renkei.agreements.services.series_papers import forget_old_papers
from renkei.municipalities.models import Municipality


def forget_papers(sender: object, *, municipality: Municipality, day: date, **_given: Any) -> None:
    """Delete the files of old orders; asked again for the day it finds none."""
    forget_old_papers(municipality, day=day)
