"""The tables of the signing procedure."""

from renkei.procedures.models.arrangement import CheckLine, ProcedureSettings
from renkei.procedures.models.coordination import CooperationItem, InquiredDivision, Inquiry, ItemAnswer
from renkei.procedures.models.drafting import DraftVersion, PlannedInitiative
from renkei.procedures.models.negotiation import Meeting, Point, Question
from renkei.procedures.models.procedure import Participant, Passage, Procedure, ProcedureQuerySet, Reminded
from renkei.procedures.models.proposal import Enclosure, Hearing, Proposal
from renkei.procedures.models.returned import ReturnedChange, ReturnedDraft, ReturnedRemark
from renkei.procedures.models.review import Comment, Reviewer, ReviewRound
from renkei.procedures.models.signing import Approval, SigningPlan

__all__ = [
    "Approval",
    "CheckLine",
    "Comment",
    "CooperationItem",
    "DraftVersion",
    "Enclosure",
    "Hearing",
    "InquiredDivision",
    "Inquiry",
    "ItemAnswer",
    "Meeting",
    "Participant",
    "Passage",
    "PlannedInitiative",
    "Point",
    "Procedure",
    "ProcedureQuerySet",
    "ProcedureSettings",
    "Proposal",
    "Question",
    "Reminded",
    "ReturnedChange",
    "ReturnedDraft",
    "ReturnedRemark",
    "ReviewRound",
    "Reviewer",
    "SigningPlan",
]
