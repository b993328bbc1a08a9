"""Writing in turns: SQLite has one writer, and lets the others look again every tenth of a second.

Of twenty people who note calls at once somebody then loses every race and is told after twenty seconds that the
database is locked. So whoever came first writes first, and the next one begins at once. PostgreSQL queues by itself.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, transaction

WAITS_SECONDS = 20.0
"""After this somebody goes ahead without a turn: the database then decides, as it does between two processes."""


class Queue:
    """Who came first is first."""

    def __init__(self) -> None:
        self._changing, self._is_taken = Lock(), False
        self._waiting: deque[Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many stand in the line."""
        return len(self._waiting)

    def take(self, seconds: float) -> bool:
        """Wait for the turn; False where it did not come in time."""
        with self._changing:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._changing:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came at the very last moment

    def give(self) -> None:
        """Hand the turn to the next who waits."""
        with self._changing:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


WRITERS = Queue()


@contextmanager
def in_turn() -> Iterator[None]:
    """A transaction, begun when it is one's turn; inside another transaction it is only a part of that one."""
    waits = connection.vendor == "sqlite" and not connection.in_atomic_block
    has_turn = waits and WRITERS.take(WAITS_SECONDS)
    try:
        with transaction.atomic():
            yield
    finally:
        if has_turn:
            WRITERS.give()
