"""A world of three partners in two towns, every text of it a canary: a rival's, another town's, or the town's own.

What the own procedure holds is the town's secret unless `SHOWN` says that the partner may read it: a new column, and a
new model, is a secret until somebody decides otherwise here.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from django.apps import apps
from django.db import models
from django.db.models import Q
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.correspondents.links import make_link
from renkei.correspondents.models import Correspondent, CounterLink, CounterPasskey, Purpose
from renkei.documents.contents import AgreementText, Article, digest_of
from renkei.documents.services import keep
from renkei.municipalities.models import Division, Municipality
from renkei.procedures.contents import InitiativeList, InitiativeRow
from renkei.procedures.models import (
    Approval,
    CheckLine,
    Comment,
    DraftVersion,
    Enclosure,
    Hearing,
    InquiredDivision,
    Inquiry,
    ItemAnswer,
    Meeting,
    PlannedInitiative,
    Point,
    Procedure,
    ProcedureSettings,
    Proposal,
    Question,
    Reminded,
    ReturnedChange,
    ReturnedDraft,
    ReturnedRemark,
    Reviewer,
    ReviewRound,
    SigningPlan,
)
from renkei.procedures.vocabulary import DraftKind, Stage, Verdict
from tests.counter.campaign_canaries import ids_of_campaign, the_campaign
from tests.counter.disaster_canaries import links_of, the_disaster
from tests.counter.meeting_canaries import ids_of_meetings, the_meetings
from tests.counter.work_canaries import ids_of_work, the_work
from tests.factories import a_division, a_municipality, an_agreement
from tests.procedure_factories import AT, TODAY, a_correspondent, a_partner, a_procedure, a_proposal

RIVAL, ELSEWHERE, SECRET, OWN = "競合のカナリア", "他町のカナリア", "庁内のカナリア", "自社の文"
MAIL_OF = {RIVAL: "rival-canary", ELSEWHERE: "elsewhere-canary", OWN: "hanako"}
CANARIES = (RIVAL, ELSEWHERE, SECRET, "rival-canary", "elsewhere-canary")
SOON = date(2027, 4, 1)

NO_TEXT = {
    "public_id", "digest", "password", "credential_id", "public_half", "corporate_number", "main_field", "email",
    "contact_email", "target", "fields", "course", "accepted_digests",
}  # fmt: skip
"""Columns that hold no words."""

OWNERS = {
    "InquiredDivision": "inquiry__procedure",
    "ItemAnswer": "asked__inquiry__procedure",
    "Enclosure": "proposal__procedure",
    "Reviewer": "round__procedure",
    "Comment": "round__procedure",
    "ReturnedChange": "returned__procedure",
    "ReturnedRemark": "returned__procedure",
    "ProcedureSettings": "municipality__pk",
}
"""How a record hangs on its procedure, where it is not by a column of that name."""

SHOWN = {
    "Procedure": {"title", "partner_name"},
    "Proposal": {
        "title", "partner_name", "address", "representative", "contact_name", "contact_unit", "contact_phone",
        "purpose", "items", "initiatives", "resources", "wishes", "record", "schedule", "secrets",
    },
    "CooperationItem": {"heading", "description"},
    "Meeting": {"time", "place", "agenda", "town_people", "partner_people", "minutes"},
    "Point": {"text", "owner", "outcome"},
    "Question": {"text", "answer"},
    "DraftVersion": {"content", "note"},
    "ReviewRound": {"message", "reason"},
    "Reviewer": {"matter", "accepted_by", "name"},
    "Comment": {"clause", "text", "proposed", "taken", "answer"},
    "SigningPlan": {"time", "place", "attendees", "programme"},
    "ReturnedDraft": {"content", "note", "reason"},
    "ReturnedChange": {"clause", "label", "before", "after", "authors", "answer"},
    "ReturnedRemark": {"clause", "label", "author", "written_at", "quoted", "text", "answer"},
}  # fmt: skip
"""What a partner may read of its own procedure."""

OPEN_ROWS = {
    "Meeting": ~Q(shared_at=None),
    "Point": Q(is_internal=False),
    "DraftVersion": ~Q(shared_at=None),
    "Comment": Q(is_internal=False),
    "Reviewer": Q(side=Side.PARTNER),
    "ReturnedDraft": Q(side=Side.PARTNER),
    "ReturnedChange": Q(returned__side=Side.PARTNER),
    "ReturnedRemark": Q(returned__side=Side.PARTNER),
}
"""Of these records a partner may read some only."""


def everything(author: Correspondent, division: Division, *, stage: Stage = Stage.REVIEW) -> Procedure:
    """A procedure with one of every record that can hang on it, and of those that are shown or not, one of each."""
    procedure = a_procedure(author=author, stage=stage, division=division, form="individual")
    town, item = procedure.municipality, procedure.items.first()
    inquiry = Inquiry.objects.create(procedure=procedure, text="x", due_on=TODAY, sent_at=AT)
    asked = InquiredDivision.objects.create(inquiry=inquiry, division=division, due_on=TODAY, answered_at=AT)
    ItemAnswer.objects.create(asked=asked, item=item, verdict=Verdict.UNDER_CONDITIONS, conditions="x")
    for shared_at in (AT, None):
        meeting = Meeting.objects.create(
            procedure=procedure, held_on=TODAY, shared_at=shared_at, written_at=AT
        )
        Point.objects.create(
            procedure=procedure, meeting=meeting, item=item, text="x", is_agreed=True, is_internal=not shared_at,
            written_at=AT,
        )  # fmt: skip
    Question.objects.create(procedure=procedure, side=Side.TOWN, text="x", due_on=SOON, asked_at=AT)
    Question.objects.create(procedure=procedure, side=Side.PARTNER, text="x", asked_by=author, asked_at=AT)
    PlannedInitiative.objects.create(procedure=procedure, item=item, title="x")
    a_round(procedure, author, division)
    document = keep(b"%PDF-1.7 x", name="x.pdf", municipality=town)
    Enclosure.objects.create(proposal=procedure.proposal, document=document)
    SigningPlan.objects.create(
        procedure=procedure, signs_on=SOON, signed_copy=document, has_ceremony=True, facts={"note": "x"}
    )
    Hearing.objects.create(procedure=procedure, held_on=TODAY, learned="x", written_at=AT)
    CheckLine.objects.update_or_create(procedure=procedure, stage=stage, position=99, defaults={"text": "x"})
    Reminded.objects.create(procedure=procedure, thing="x", occasion="x", on=TODAY)
    return procedure


def a_round(procedure: Procedure, author: Correspondent, division: Division) -> None:
    """A round about a text that was shown, beside one that was not, with comments of both sides and an internal one."""
    made = {"procedure": procedure, "side": Side.TOWN, "made_at": AT}
    text = AgreementText(title="x", preamble="x", articles=(Article("one", "x", "x"),), closing="x").as_told()
    shown, _unshown = (
        DraftVersion.objects.create(
            kind=DraftKind.TEXT, number=number, content=text, digest=digest_of(text), shared_at=at, **made
        )
        for number, at in ((1, AT), (2, None))
    )
    rows = InitiativeList(("x",), (InitiativeRow(item=1, heading="x", key="one", title="x"),)).as_told()
    DraftVersion.objects.create(
        kind=DraftKind.INITIATIVES, number=1, content=rows, digest=digest_of(rows), **made
    )
    one = ReviewRound.objects.create(procedure=procedure, number=1, text=shown, due_on=SOON, opened_at=AT)
    Reviewer.objects.create(round=one, side=Side.PARTNER, correspondent=author)
    Reviewer.objects.create(round=one, side=Side.TOWN, division=division, matter="x")
    said = {"round": one, "version": shown, "clause": "one", "made_at": AT, "text": "x"}
    Comment.objects.create(side=Side.PARTNER, correspondent=author, **said)
    Comment.objects.create(side=Side.TOWN, **said)
    Comment.objects.create(side=Side.TOWN, is_internal=True, **said)
    drafts_that_came_back(shown, author)
    Approval.objects.create(
        procedure=procedure, text=shown, digest=shown.digest, reference="x", authority="x", decided_on=TODAY,
        written_at=AT,
    )  # fmt: skip


def drafts_that_came_back(version: DraftVersion, author: Correspondent) -> None:
    """One of the partner that was set aside, and one that was changed inside, each with a change and a remark."""
    procedure, told = version.procedure, {"clause": "one", "label": "x", "answer": "x"}
    document = keep(b"%PDF-1.7 z", name="x.docx", municipality=procedure.municipality)
    for side in (Side.PARTNER, Side.TOWN):
        one = ReturnedDraft.objects.create(
            procedure=procedure, version=version, document=document, content=version.content, side=side,
            correspondent=author if side == Side.PARTNER else None, received_at=AT, closed_at=AT, reason="x",
            told=["x"],
        )  # fmt: skip
        ReturnedChange.objects.create(
            returned=one,
            position=0,
            kind="reworded",
            part="text",
            authors=["x"],
            resolution="refused",
            **told,
        )
        ReturnedRemark.objects.create(returned=one, position=0, author="x", text="x", **told)


def rows_of(model: type[models.Model], procedure: Procedure) -> models.QuerySet[models.Model]:
    """The records of one kind that hang on the procedure."""
    if model is Procedure:
        return Procedure.objects.filter(pk=procedure.pk)
    way = OWNERS.get(model.__name__, "procedure")
    owner = procedure.municipality_id if way == "municipality__pk" else procedure
    return model._base_manager.filter(**{way: owner})


def texts_of(model: type[models.Model]) -> set[str]:
    """The columns of a model that hold words."""
    return {
        field.name
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and field.name not in NO_TEXT
    }


def fill(rows: models.QuerySet[models.Model], words: str, columns: Iterable[str]) -> None:
    """Put the words into the columns of the records; texts inside of structures too."""
    for row in rows:
        for name in columns:
            before = getattr(row, name)
            setattr(row, name, with_words(before, words) if isinstance(before, dict | list) else words)
        if columns:
            models.Model.save(row, update_fields=list(columns))


def with_words(told: object, words: str) -> object:
    """The same structure with these words in it; keys and letters that others refer to stay."""
    if isinstance(told, dict):
        return {
            name: one if name in ("key", "letter") else with_words(one, words) for name, one in told.items()
        }
    if isinstance(told, list):
        return [with_words(one, words) for one in told]
    return words if isinstance(told, str) else told


def models_of_procedures() -> list[type[models.Model]]:
    """All tables of the signing procedure."""
    return list(apps.get_app_config("procedures").get_models())


def a_side(words: str, town: Municipality) -> tuple[Correspondent, Procedure]:
    """A partner with a person, a procedure with everything, a draft, links, passkeys and a registered agreement."""
    partner = a_partner(words, municipality=town)
    author = a_correspondent(
        email=f"{MAIL_OF[words]}@example.com", name=words, company=words, organisation=partner, municipality=town,
        is_responsible=True, unit=words, phone=words,
    )  # fmt: skip
    a_correspondent(
        email=f"{MAIL_OF[words]}-2@example.com", name=words, organisation=partner, municipality=town
    )
    procedure = everything(author, a_division(municipality=town, name=f"{SECRET[:2]}課"))
    draft = a_proposal(author=author, **dict.fromkeys(SHOWN["Proposal"] - {"items"}, words))
    document = keep(b"%PDF-1.7 y", name=f"{words}.pdf", municipality=town)
    Enclosure.objects.create(proposal=draft, document=document)
    make_link(author, Purpose.INVITATION, organisation=partner, at=AT + timedelta(days=999))
    a_passkey(author, words)
    the_work(an_agreement(title=words, partners=(words,), municipality=town), words, SECRET)
    the_meetings(author, Agreement.objects.with_partner(partner).get(), words, SECRET)
    the_campaign(author, Agreement.objects.with_partner(partner).get(), words, SECRET)
    the_disaster(Agreement.objects.with_partner(partner).get(), words, SECRET)
    ProcedureSettings.objects.get_or_create(municipality=town)
    return author, procedure


def a_passkey(author: Correspondent, words: str) -> CounterPasskey:
    """A passkey as a browser would have made it."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AttestedCredentialData.create(b"\0" * 16, words.encode(), public)
    return CounterPasskey.objects.create(
        correspondent=author,
        name=words,
        credential_id=websafe_encode(words.encode()),
        public_half=websafe_encode(bytes(made)),
        added_at=AT,
    )


def the_world() -> dict[str, tuple[Correspondent, Procedure]]:
    """Whose eyes and whose procedure, by the words that fill it."""
    here, there = a_municipality(), a_municipality("011002")
    sides = {words: a_side(words, here) for words in (RIVAL, OWN)}
    sides[ELSEWHERE] = a_side(ELSEWHERE, there)
    for words, (_author, procedure) in sides.items():
        for model in models_of_procedures():
            if model is ProcedureSettings and words == RIVAL:
                continue  # the town's own, filled with its secrets below
            rows = rows_of(model, procedure)
            fill(rows, SECRET if words == OWN else words, texts_of(model))
            if words == OWN:
                shown = rows.filter(OPEN_ROWS.get(model.__name__, Q()))
                fill(shown, OWN, SHOWN.get(model.__name__, set()) & texts_of(model))
    return sides


def ids_of(author: Correspondent, procedure: Procedure) -> dict[str, str]:
    """What stands in addresses, by the record."""
    draft = Proposal.objects.get(author=author, procedure=None)
    one = procedure.rounds.get()
    return {
        "procedure": procedure.public_id,
        "proposal": draft.public_id,
        "sent": procedure.proposal.public_id,
        "document": draft.enclosures.get().document.public_id,
        "passkey": author.passkeys.get().public_id,
        "colleague": Correspondent.objects.exclude(pk=author.pk)
        .get(organisation=author.organisation)
        .public_id,
        "question": procedure.questions.get(side=Side.TOWN).public_id,
        "own_question": procedure.questions.get(side=Side.PARTNER).public_id,
        "reviewer": one.reviewers.get(side=Side.PARTNER).public_id,
        "comment": one.comments.get(side=Side.PARTNER).public_id,
        "version": procedure.versions.get(kind=DraftKind.TEXT, number=1).public_id,
        "returned": procedure.returned_drafts.get(side=Side.PARTNER).public_id,
        **links_of(Agreement.objects.with_partner(author.partner).get()),
        **ids_of_work(Agreement.objects.with_partner(author.partner).get()),
        **ids_of_meetings(Agreement.objects.with_partner(author.partner).get()),
        **ids_of_campaign(Agreement.objects.with_partner(author.partner).get()),
        "link": CounterLink.objects.filter(correspondent=author).latest("pk").public_id,
    }
