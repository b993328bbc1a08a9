"""The register's tables."""

from renkei.agreements.models.addition import SeriesAddition
from renkei.agreements.models.agreement import Agreement, AgreementQuerySet, Relation, Series
from renkei.agreements.models.brought import BroughtDocument
from renkei.agreements.models.change import Amendment, BulkChange, PartnerMerge
from renkei.agreements.models.content import Attachment, Item, Party
from renkei.agreements.models.field import AgreementField, Field, FieldAlias
from renkei.agreements.models.papers import PartnerPapers, SeriesPapers
from renkei.agreements.models.term import Ending, RenewalDecision, RenewalRule, Term

__all__ = [
    "Agreement",
    "AgreementField",
    "AgreementQuerySet",
    "Amendment",
    "Attachment",
    "BroughtDocument",
    "BulkChange",
    "Ending",
    "Field",
    "FieldAlias",
    "Item",
    "PartnerMerge",
    "PartnerPapers",
    "Party",
    "Relation",
    "RenewalDecision",
    "RenewalRule",
    "Series",
    "SeriesAddition",
    "SeriesPapers",
    "Term",
]
