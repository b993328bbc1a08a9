"""Letters recognised in pictures of pages, where the operator has named an engine (RENKEI_OCR) that is there."""

import os
from pathlib import Path

from django.conf import settings


def engine() -> str:
    """The path of the engine; empty where none is named, or none stands at the path."""
    named: str = settings.OCR
    return named if named and os.access(named, os.X_OK) and Path(named).is_file() else ""
