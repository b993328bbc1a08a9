"""Who acts, as the log names them; knows no service, so that records of people outside may use it."""

from dataclasses import dataclass

from renkei.accounts.models import User


@dataclass(frozen=True)
class Outsider:
    """Somebody who acts and does not work for the town: a partner's person, as the log names them."""

    name: str


Actor = User | Outsider | None
"""Who did it; None for the system itself."""
