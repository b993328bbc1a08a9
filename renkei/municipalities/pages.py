"""Addresses of pages for letters: rooms below the doors know the address only; tests hold them to the tables."""

from django.conf import settings


def desk_page(page: str) -> str:
    """A page of the desk, as "procedures/0123456789ab/"; "" where the installation's address is not set."""
    return f"{settings.DESK_ADDRESS}/desk/{page}" if settings.DESK_ADDRESS else ""


def counter_page(page: str) -> str:
    """A page of the partners' door; "" where the address of neither door is set."""
    return f"{settings.COUNTER_ADDRESS}/counter/{page}" if settings.COUNTER_ADDRESS else ""
