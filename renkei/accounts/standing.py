"""What a session is given for: the roles that a person holds; when they change, by hand or by the day, it ends."""

from datetime import date

from renkei.accounts.models import User

STANDING = "standing"
"""What a session holds since the person signed in."""


def standing_of(user: User, day: date) -> str:
    """The roles that the person holds on the day, in their divisions and for whom, as one text."""
    held = user.assignments.holding_on(day).values_list("role", "division_id", "deputy_for_id")
    return " ".join(sorted(f"{role}:{division or ''}:{other or ''}" for role, division, other in held))
