"""A mail server of the tests' own, and the moment at which they play."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.reminders.postbox import Postbox, a_port, served

NOW = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """Ten in the morning of 26 November 2026 in Tokyo."""
    return NOW


@pytest.fixture
def mail_port(settings: object) -> int:
    """A mail server is set up; whether it runs is up to the test."""
    port = a_port()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # type: ignore[attr-defined]
    settings.EMAIL_TIMEOUT = 2  # type: ignore[attr-defined]
    settings.DEFAULT_FROM_EMAIL = "連携 <renkei@town.example.jp>"  # type: ignore[attr-defined]
    return port


@pytest.fixture
def postbox(mail_port: int) -> Iterator[Postbox]:
    """A mail server that runs."""
    box = Postbox()
    with served(box, mail_port):
        yield box
