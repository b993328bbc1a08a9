"""Who acts in the work under agreements: a person of the town, or a partner's person at the counter."""

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.actors import Actor
from renkei.correspondents.models import Correspondent

Person = User | Correspondent


def actor_of(by: Person | None) -> Actor:
    """As the log takes it; None is the system itself."""
    return by.as_actor if isinstance(by, Correspondent) else by


def side_of(by: Person) -> Side:
    """Which side the person is on."""
    return Side.PARTNER if isinstance(by, Correspondent) else Side.TOWN


def columns_of(by: Person, name: str) -> dict[str, Person | None]:
    """The two columns that say who it was: `<name>` for a clerk, `<name>_partner` for a partner's person."""
    is_partner = isinstance(by, Correspondent)
    return {name: None if is_partner else by, f"{name}_partner": by if is_partner else None}
