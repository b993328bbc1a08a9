"""Why a change of the work under agreements was refused: each carries the sentence to show."""

from renkei.agreements.services.claiming import Refused


class InitiativeRefused(Refused):
    """An initiative cannot be written like this."""


class ResultRefused(Refused):
    """A result cannot be reported, confirmed, corrected or published like this."""


class CampaignRefused(Refused):
    """A campaign cannot be opened, answered or closed like this."""


class EvaluationRefused(Refused):
    """An agreement cannot be evaluated like this."""


class MeetingRefused(Refused):
    """A regular meeting cannot be planned, held or told like this."""


class StoryRefused(Refused):
    """A story cannot be written or published like this."""
