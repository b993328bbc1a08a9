"""A town with one of everything that the desk has addresses for."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.agreements.member_lines import members_of_text
from renkei.agreements.models import BulkChange, SeriesPapers
from renkei.agreements.series_papers import COVER, PapersFacts
from renkei.agreements.services import add_partners, attach, create_series, merge_partners
from renkei.documents.models import Document, Template
from renkei.documents.services import keep
from renkei.handovers.services import prepare
from renkei.ledger.models import Batch, Outcome, Row
from renkei.people.models import Transfer
from renkei.people.services.plans import add_step, plan
from renkei.people.steps import StepKind
from renkei.procedures.models import Enclosure
from renkei.procedures.services.inquiring import inquire
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Feed, LetterKind
from renkei.reminders.services import write_letter
from renkei.retention.models import Certificate, Disposal, Subject
from renkei.search.models import Layout
from tests.brought_factories import a_brought_one
from tests.drafting_factories import a_drafted_one
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_procedure
from tests.returned_factories import a_returned_one
from tests.review_factories import a_checked_procedure
from tests.signing_factories import a_signing
from tests.talk_factories import a_talk
from tests.work_town import a_town_at_work


def one_of_everything() -> dict[str, object]:
    """A town with one of everything, held by one division."""
    division = a_division()
    agreement = an_agreement(division=division)
    attachment = attach(agreement, b"%PDF-1.7", name="a.pdf", actor=None)
    batch = Batch.objects.create(
        municipality=agreement.municipality, file_name="台帳.csv", listed_on=date(2024, 4, 1), total=1,
        content=SimpleUploadedFile("x.csv", "協定名,相手方\n".encode()),
    )  # fmt: skip
    Row.objects.create(batch=batch, position=1, row=1, outcome=Outcome.WAITING, title="待つ行")
    here = agreement.municipality
    now = datetime(2026, 4, 1, tzinfo=UTC)
    letter = write_letter(
        here,
        kind=LetterKind.NOTICE,
        key="test",
        subject="件名",
        plain="本文",
        address="a@example.jp",
        now=now,
    )
    feed = Feed.objects.create(municipality=here, made_at=now)
    clerk = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="clerk")
    transfer = Transfer.objects.create(municipality=here, title="異動", starts_on=date(2026, 4, 1))
    drawn = attach(agreement, b"%PDF-1.7", name="b.pdf", actor=None).document
    Document.objects.filter(pk=drawn.pk).update(
        thumbnail=default_storage.save("thumbnails/b.png", ContentFile(b"x"))
    )
    layout = Layout.objects.create(municipality=here, name="庁内台帳", columns=[])
    template = Template.objects.create(
        municipality=here, kind="cover", document=attachment.document, made_at=now, retired_at=now
    )
    return {
        "work": a_town_at_work(agreement, clerk),
        "layout": layout, "drawn": drawn, "brought": a_brought_one(here), "template": template,
        "person": clerk, "transfer": transfer, "role": clerk.assignments.get(),
        "letter": letter, "feed": feed,
        **a_plan_and_a_handover(division, clerk),
        **a_disposal(agreement),
        **a_procedure_with_an_inquiry(division, clerk),
        **a_checked_procedure(division, clerk),
        **a_drafted_one(division, clerk),
        **a_returned_one(division),
        "talk": a_talk(division, clerk), "signing": a_signing(division, clerk),
        "agreement": agreement, "division": division, "partner": agreement.partners[0].organisation,
        "document": attachment.document, "batch": batch,
    }  # fmt: skip


def a_plan_and_a_handover(division, clerk) -> dict[str, object]:
    """A reorganisation that splits the division, and a handover of what it holds."""
    made = plan("機構改革", on=date(2028, 4, 1), municipality=division.municipality, actor=None)
    words = ["防災安全部 危機管理課", "防災安全部 地域防災課"]
    add_step(made, StepKind.SPLIT, divisions=[division.public_id], into=words, actor=None)
    handover = prepare(giver=clerk, division=division, receiver=clerk, on=made.on, actor=clerk)
    return {"plan": made, "handover": handover}


def a_procedure_with_an_inquiry(division, clerk) -> dict[str, object]:
    """A procedure whose window the division is, and an inquiry to the division."""
    procedure, at = a_procedure(stage=Stage.COORDINATION, division=division), timezone.now()
    inquiry = inquire(
        procedure, text="参加できますか。", items=list(procedure.items.all()), divisions=[division],
        due_on=timezone.localdate(at), by=clerk, at=at, public_id="inquiry00001",
    )  # fmt: skip
    paper = keep(b"%PDF-1.7", name="企画書.pdf", municipality=procedure.municipality)
    Enclosure.objects.create(proposal=procedure.proposal, document=paper)
    return {"procedure": procedure, "inquiry": inquiry, "asked": inquiry.divisions.get(), "paper": paper}


def a_disposal(agreement) -> dict[str, object]:
    """A disposal that waits for its approval, and a certificate."""
    now, here = timezone.now(), agreement.municipality
    disposal = Disposal.objects.create(
        municipality=here, subject=Subject.RECORDS, reason="満了", proposed_by=a_user(sign_in_name="teian"),
        proposed_at=now,
    )  # fmt: skip
    certificate = Certificate.objects.create(
        municipality=here, number=1, disposal=disposal, subject=Subject.RECORDS, at=now, title="昔の協定",
        completed_on=date(2001, 3, 31),
    )  # fmt: skip
    return {"disposal": disposal, "certificate": certificate}


FACT = {"bulk_undo": "form", "due_act": "renewal_decisions"}


def with_many(name: str, town) -> list[str]:
    """What an address of series, merged partners or a change of many is filled with; made only for those addresses."""
    division, here = town["division"], town["division"].municipality
    if name in ("bulk_undo", "due_act"):
        person = a_user(sign_in_name="bulk")
        return [
            BulkChange.objects.create(municipality=here, actor=person, fact=FACT[name], rows=[]).public_id
        ]
    series = create_series(
        here, name="同文協定", facts={}, division=division, document=("a.pdf", b"%PDF-1.7"), actor=None
    )
    members = members_of_text("見本商店\n見本薬局\n見本書店")
    addition = add_partners(series, members, day=date(2026, 4, 1), actor=None)
    kept, merged, _other = (one.partners[0].organisation for one in series.agreements.order_by("pk"))
    return {
        "partner_merge": lambda: [kept.public_id, merged.public_id],
        "partner_part": lambda: [kept.public_id, merge_partners(kept, merged, actor=None).public_id],
        "series_take_back": lambda: [series.public_id, addition.public_id],
        "series_take_out": lambda: [series.public_id, addition.agreements[2]],
        **dict.fromkeys(OF_PAPERS, lambda: [series.public_id, made_papers(series).public_id]),
    }.get(name, lambda: [series.public_id])()


OF_PAPERS = ("series_papers_order", "series_papers_again", "series_papers_zip", "series_papers_print")


def made_papers(series) -> SeriesPapers:
    """An order that was worked off; what its files hold is another test's."""
    at = datetime(2026, 4, 1, tzinfo=UTC)
    facts = PapersFacts(makes=(COVER,)).as_told()
    made = SeriesPapers(
        municipality=series.municipality, series=series, facts=facts, asked_at=at, ended_at=at
    )
    made.archive.save("papers.zip", ContentFile(b"PK"), save=False)
    made.printout.save("papers.pdf", ContentFile(b"%PDF-1.7"))
    return made
