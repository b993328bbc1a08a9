"""What can be done with partners: each verb is one transaction and one told event."""

from renkei.partners.services.claiming import PartnerRefused
from renkei.partners.services.dissolve import dissolve, revive
from renkei.partners.services.edit import COLUMNS, SameNumber, edit, number_for
from renkei.partners.services.naming import (
    RenameRefused,
    forget_unused,
    known_by_folded_name,
    known_or_new,
    rename,
)

__all__ = [
    "COLUMNS",
    "PartnerRefused",
    "RenameRefused",
    "SameNumber",
    "dissolve",
    "edit",
    "forget_unused",
    "known_by_folded_name",
    "known_or_new",
    "number_for",
    "rename",
    "revive",
]
