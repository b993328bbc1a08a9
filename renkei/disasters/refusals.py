"""Why a change of the room for disasters was refused: each carries the sentence to show."""

from renkei.agreements.services.claiming import Refused


class CapabilityRefused(Refused):
    """A capability cannot be written, confirmed or ended like this."""


class ContactRefused(Refused):
    """A contact cannot be written or verified like this."""


class CheckRefused(Refused):
    """The yearly check of contacts cannot be opened, answered or closed like this."""


class IncidentRefused(Refused):
    """An incident cannot be opened, changed or closed like this."""


class RequestRefused(Refused):
    """A request, a call or a step cannot be recorded like this."""


class DrillRefused(Refused):
    """A scenario or a drill cannot be planned or played like this."""
