"""What can be done with agreements: each verb is one transaction and one told event."""

from renkei.agreements.services.amend import (
    Amended,
    AmendRefused,
    amend,
    undo_amendment,
    why_not_undo_amendment,
)
from renkei.agreements.services.attach import attach, attach_again, attach_kept, detach
from renkei.agreements.services.bulk import BulkRefused, change_back, change_many
from renkei.agreements.services.claiming import ChangedMeanwhile, Refused
from renkei.agreements.services.conclude import conclude
from renkei.agreements.services.correct import CorrectionRefused, correct
from renkei.agreements.services.decide import Choice, Wish, decide_many, plan, undo_many
from renkei.agreements.services.deciding import DecisionRefused, undo_decision, why_not_undo
from renkei.agreements.services.decline import decline, one_party_leaves
from renkei.agreements.services.edit import EditRefused, edit
from renkei.agreements.services.end import EndRefused, end, reopen, why_not_reopen
from renkei.agreements.services.merge_partners import MergeRefused, merge_partners, part_partners
from renkei.agreements.services.parties import PartiesRefused, join, leave, partner_gone, stay
from renkei.agreements.services.publish import publish, withdraw
from renkei.agreements.services.register import RegistrationRefused, register, register_many, unregister_many
from renkei.agreements.services.register_once import AlreadyRegistered, register_once
from renkei.agreements.services.relate import RelationRefused, relate, unrelate
from renkei.agreements.services.renew import let_renew, renew
from renkei.agreements.services.series import (
    SeriesRefused,
    add_partners,
    create_series,
    edit_series,
    put_into_series,
    take_back_addition,
    take_out_of_series,
)
from renkei.agreements.services.supersede import supersede

__all__ = [
    "AlreadyRegistered",
    "AmendRefused",
    "Amended",
    "BulkRefused",
    "ChangedMeanwhile",
    "Choice",
    "CorrectionRefused",
    "DecisionRefused",
    "EditRefused",
    "EndRefused",
    "MergeRefused",
    "PartiesRefused",
    "Refused",
    "RegistrationRefused",
    "RelationRefused",
    "SeriesRefused",
    "Wish",
    "add_partners",
    "amend",
    "attach",
    "attach_again",
    "attach_kept",
    "change_back",
    "change_many",
    "conclude",
    "correct",
    "create_series",
    "decide_many",
    "decline",
    "detach",
    "edit",
    "edit_series",
    "end",
    "join",
    "leave",
    "let_renew",
    "merge_partners",
    "one_party_leaves",
    "part_partners",
    "partner_gone",
    "plan",
    "publish",
    "put_into_series",
    "register",
    "register_many",
    "register_once",
    "relate",
    "renew",
    "reopen",
    "stay",
    "supersede",
    "take_back_addition",
    "take_out_of_series",
    "undo_amendment",
    "undo_decision",
    "undo_many",
    "unregister_many",
    "unrelate",
    "why_not_reopen",
    "why_not_undo",
    "why_not_undo_amendment",
    "withdraw",
]
