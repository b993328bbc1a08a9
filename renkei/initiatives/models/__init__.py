"""What is done under agreements, what came of it, and who says so."""

from renkei.initiatives.models.campaign import (
    Campaign,
    CampaignDivision,
    CampaignLine,
    CampaignPartner,
    ReturnedSheet,
)
from renkei.initiatives.models.evaluation import Evaluation
from renkei.initiatives.models.initiative import Aim, Indicator, Initiative, PlannedYear
from renkei.initiatives.models.meeting import Attendee, FollowUp, RegularMeeting
from renkei.initiatives.models.result import Result, ResultFigure, ResultPaper
from renkei.initiatives.models.story import Story, StoryPicture

__all__ = [
    "Aim",
    "Attendee",
    "Campaign",
    "CampaignDivision",
    "CampaignLine",
    "CampaignPartner",
    "Evaluation",
    "FollowUp",
    "Indicator",
    "Initiative",
    "PlannedYear",
    "RegularMeeting",
    "Result",
    "ResultFigure",
    "ResultPaper",
    "ReturnedSheet",
    "Story",
    "StoryPicture",
]
