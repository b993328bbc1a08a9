"""Who asks: which municipality's agreements, and whether texts meant for staff belong to the question."""

from dataclasses import dataclass

from renkei.municipalities.models import Municipality


@dataclass(frozen=True)
class Audience:
    """Staff see everything of their own municipality; everyone else the published agreements, of one town or of all."""

    municipality: Municipality | None
    internal: bool

    @classmethod
    def staff(cls, municipality: Municipality) -> "Audience":
        """The people of one municipality."""
        return cls(municipality, internal=True)

    @classmethod
    def public(cls, municipality: Municipality | None = None) -> "Audience":
        """Everyone."""
        return cls(municipality, internal=False)
