"""Signing and examining begin loops of their own, also in a worker whose thread a browser has left one in."""

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def no_loop_of_a_browser() -> Iterator[None]:
    """The server has none in its threads; Playwright keeps one in the thread of the tests until all are done."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)
