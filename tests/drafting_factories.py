"""A procedure that is being drafted, in domain words."""

from collections.abc import Mapping
from typing import Any

from renkei.accounts.models import User
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import SigningParty
from renkei.documents.models import LibraryClause
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models import Procedure
from renkei.procedures.services.drafting import write_list, write_text
from renkei.procedures.services.planning import InitiativePlan, plan_initiative
from renkei.procedures.vocabulary import Stage
from renkei.procedures.wording import TextFacts, first_text
from renkei.rules.term_wording import TermChoice
from tests.procedure_factories import AT, a_correspondent, a_procedure

HEADINGS = ("健康の維持・増進に関すること", "災害対策に関すること")
PARTIES = (SigningParty("甲", "見本市", is_town=True), SigningParty("乙", "見本製薬株式会社"))


def a_text(*headings: str) -> Any:
    """A first text about the headings."""
    return first_text(TextFacts("協定書", PARTIES, headings or HEADINGS, TermChoice()))


def a_procedure_to_draft(
    *, division: Division | None = None, author: Correspondent | None = None
) -> Procedure:
    """In the step of drafting, with two agreed items and one that was not agreed on."""
    procedure = a_procedure(stage=Stage.DRAFTING, division=division, author=author, items=[])
    for position, heading in enumerate((*HEADINGS, "合意していないこと"), start=1):
        procedure.items.create(position=position, heading=heading, is_agreed=heading in HEADINGS)
    return procedure


def a_drafted_one(division: Division | None, clerk: User) -> dict[str, object]:
    """A procedure with an initiative and with a first version of the text and of the list."""
    author = a_correspondent(email="anbun@example.com")
    procedure = a_procedure_to_draft(division=division, author=author)
    planned = InitiativePlan("出前講座を開く", procedure.items.first(), town_part="会場の手配")
    initiative = plan_initiative(procedure, planned, by=clerk, public_id="torikumi0001")
    facts: dict[str, Any] = {"by": clerk, "at": AT}
    text = write_text(procedure, a_text(), made_from=None, public_id=new_public_id(), **facts)
    write_list(procedure, public_id=new_public_id(), **facts)
    clause = a_clause(procedure.municipality)
    return {"drafted": procedure, "initiative": initiative, "text": text, "clause": clause}


def a_clause(municipality: Municipality) -> LibraryClause:
    """A clause of the town's own library."""
    words = {
        "kind": "term",
        "name": "町の書き方",
        "heading": "有効期間",
        "text": "{{ 期間の文 }}",
        "note": "ふつうの協定で使います。",
    }
    return LibraryClause.objects.create(municipality=municipality, made_at=AT, **words)


OF_AN_INITIATIVE = ("procedure_initiative_edit", "procedure_initiative_act")
OF_A_VERSION = (
    "procedure_draft", "procedure_draft_plain", "procedure_draft_word", "procedure_draft_pdf",
    "procedure_draft_show", "procedure_text_edit", "procedure_term",
)  # fmt: skip
OF_A_PROCEDURE = (
    "procedure_initiatives", "procedure_initiative_new", "procedure_list_write", "procedure_drafts",
    "procedure_text_new", "procedure_draft_compare", "procedure_draft_redline",
)  # fmt: skip


def arguments_of_drafting(made: Mapping[str, Any]) -> dict[str, list[str]]:
    """What fills the addresses of drafting at the desk."""
    procedure = made["drafted"].public_id
    return {
        **{f"clause_{verb}": [made["clause"].public_id] for verb in ("edit", "retire")},
        **{name: [procedure] for name in OF_A_PROCEDURE},
        **{name: [procedure, made["initiative"].public_id] for name in OF_AN_INITIATIVE},
        **{name: [procedure, made["text"].public_id] for name in OF_A_VERSION},
    }
