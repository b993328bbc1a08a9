"""The register's tables."""

from renkei.agreements.models.agreement import Agreement, AgreementQuerySet, Relation, Series
from renkei.agreements.models.content import Attachment, Item, Party
from renkei.agreements.models.field import AgreementField, Field, FieldAlias
from renkei.agreements.models.term import Ending, RenewalRule, Term

__all__ = [
    "Agreement",
    "AgreementField",
    "AgreementQuerySet",
    "Attachment",
    "Ending",
    "Field",
    "FieldAlias",
    "Item",
    "Party",
    "Relation",
    "RenewalRule",
    "Series",
    "Term",
]
