"""Nothing of another town, and nothing unpublished, is on any page, in any download or figure."""

from datetime import date

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import User
from renkei.agreements.models import Agreement, Attachment, Ending, Item, Party, Relation, RenewalRule, Series
from renkei.agreements.services import attach, end
from renkei.agreements.vocabulary import EndReason, RelationKind
from renkei.disasters.models import Capability, District
from renkei.documents.models import Document
from renkei.documents.services import keep
from renkei.initiatives.models import (
    Attendee,
    Campaign,
    CampaignLine,
    Evaluation,
    FollowUp,
    Indicator,
    Initiative,
    PlannedYear,
    RegularMeeting,
    Result,
    ResultFigure,
    ResultPaper,
    Story,
)
from renkei.initiatives.vocabulary import Publicity
from renkei.municipalities.models import Division, DivisionSuccession
from renkei.partners.models import Organisation, OrganisationName, PartnerKind
from renkei.reports.papers.agreement_sheet import agreement_sheet
from tests.counter.disaster_canaries import the_disaster
from tests.crawling import crawl, fill_with
from tests.desk.agreements.test_page import YEARLY
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.work_factories import (
    AT,
    YEAR,
    a_campaign,
    a_picture,
    a_published_result,
    a_result,
    a_story,
    an_initiative,
)

pytestmark = pytest.mark.django_db
CANARY = "カナリア"


def one_of_everything(town, *, published: bool) -> Agreement:
    """An agreement with all that can hang on it."""
    division = a_division(municipality=town, department="見本部")
    series = Series.objects.create(municipality=town, name="見本の同文")
    agreement = an_agreement(
        municipality=town, division=division, series_id=series.pk, published=published, items=("見本の事項",),
        starts="2020-04-01", ends="2021-03-31", renewal=YEARLY, purpose="見本の目的", notes="庁内の事情",
    )  # fmt: skip
    attach(
        agreement,
        b"%PDF-1.7",
        name="見本.pdf",
        actor=a_user(municipality=town, sign_in_name=f"u{agreement.pk}"),
    )
    end(
        agreement,
        on=agreement.signed_on.replace(year=2025),
        reason=EndReason.BY_BOTH,
        actor=None,
        note="事情",
    )
    OrganisationName.objects.create(organisation=agreement.partners[0].organisation, name="旧名")
    return agreement


def with_canaries(agreement: Agreement) -> None:
    """Every text of the agreement and of what hangs on it."""
    partners = Organisation.objects.filter(pk__in=[party.organisation_id for party in agreement.partners])
    filled = fill_with(
        CANARY, Agreement.objects.filter(pk=agreement.pk), Party.objects.filter(agreement=agreement),
        Item.objects.filter(agreement=agreement), RenewalRule.objects.filter(agreement=agreement),
        Ending.objects.filter(agreement=agreement), Attachment.objects.filter(agreement=agreement),
        Document.objects.filter(pk__in=agreement.attachments.values("document")),
        Series.objects.filter(pk=agreement.series_id), Division.objects.filter(pk=agreement.division_id),
        partners, OrganisationName.objects.filter(organisation__in=partners),
    )  # fmt: skip
    assert filled > 20


def with_work(agreement: Agreement, clerk: User) -> dict[str, models.QuerySet]:
    """One of each record of the work under the agreement, approved; and the records by their names."""
    initiative = an_initiative(agreement, item=agreement.items.first())
    indicator = Indicator.objects.create(initiative=initiative, position=1, name="受講者数", unit="人")
    PlannedYear.objects.create(initiative=initiative, fiscal_year=YEAR)
    result = a_published_result(
        initiative, public_text="公開の言葉", value=1, value_quantity=1, value_price=1
    )
    ResultFigure.objects.create(result=result, indicator=indicator, value=1)
    kept = keep(a_picture(), name="写真.png", municipality=agreement.municipality)
    ResultPaper.objects.create(result=result, document=kept, description="写真", is_public=True)
    campaign = a_campaign(agreement, publicity=Publicity.PUBLISHED)
    CampaignLine.objects.create(campaign=campaign, agreement=agreement, initiative=initiative)
    Evaluation.objects.create(
        municipality=agreement.municipality,
        agreement=agreement,
        fiscal_year=YEAR,
        verdict="continue",
        evaluated_at=AT,
    )
    meeting = RegularMeeting.objects.create(
        municipality=agreement.municipality, title="会議", held_on=AT.date()
    )
    meeting.agreements.add(agreement)
    Attendee.objects.create(meeting=meeting, side="town", name="名前")
    FollowUp.objects.create(meeting=meeting, side="town", text="すること")
    story = a_story(agreement, clerk)
    return {
        "initiative": Initiative.objects.filter(pk=initiative.pk), "indicator": initiative.indicators.all(),
        "planned": initiative.planned_years.all(), "result": Result.objects.filter(pk=result.pk),
        "paper": result.papers.all(), "campaign": Campaign.objects.filter(pk=campaign.pk), "line": campaign.lines.all(),
        "evaluation": Evaluation.objects.filter(agreement=agreement), "attendee": meeting.attendees.all(),
        "meeting": RegularMeeting.objects.filter(pk=meeting.pk), "follow_up": meeting.follow_ups.all(),
        "story": Story.objects.filter(pk=story.pk), "picture": story.pictures.all(),
    }  # fmt: skip


TOLD_TO_EVERYONE = {
    "initiative": ("title", "town_part", "partner_part", "timing", "place", "audience"),
    "indicator": ("name", "unit"),
    "result": ("public_text", "value_unit"),
    "paper": ("description",),
    "story": ("title", "text"),
    "picture": ("description",),
}
"""The texts of the work that stand on public pages once they were approved; every other text is the town's own."""


def addresses_of(agreement: Agreement, door: str) -> list[str]:
    """Pages that must not be there."""
    document = agreement.attachments.get().document
    names = [
        ("agreement", [agreement.public_id]),
        ("document", [agreement.public_id, document.public_id]),
        ("partner", [agreement.partners[0].organisation.public_id]),
        ("division", [agreement.division.public_id]),
    ]
    if door == "portal":
        names.append(("agreement_json", [agreement.public_id]))
    return [reverse(f"{door}:{name}", args=given) for name, given in names]


DESK = [
    "/desk/",
    "/desk/agreements/?q=カナリア",
    "/desk/partners/?q=カナリア",
    "/desk/agreements.json?q=カナリア",
]
PORTAL = [
    "/",
    "/towns/012041/",
    "/agreements/?q=カナリア",
    "/partners/?q=カナリア",
    "/agreements.csv",
    "/agreements.json",
]
WORK = ["/results/2023/", "/results/2023.csv", "/results/2023.json", "/stories/"]


def test_the_desk_shows_nothing_of_another_town(client):
    theirs = one_of_everything(a_municipality("011002"), published=False)
    one_of_everything(a_municipality(), published=False)
    with_canaries(theirs)
    client.force_login(a_user(sign_in_name="mine"))
    extra = [
        f"/desk/agreements/?division={theirs.division_id}",
        f"/desk/agreements/?on=2024-01-01&form={theirs.form}",
    ]
    pages = crawl(client, [*DESK, *extra])
    assert len(pages) > 40
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []
    assert {client.get(address).status_code for address in addresses_of(theirs, "desk")} == {404}


def test_the_portal_shows_nothing_unpublished(client):
    hidden = one_of_everything(a_municipality(), published=False)
    shown = an_agreement(published=True, partners=("公開の会社",), division=a_division(name="公開の課"))
    with_canaries(hidden)
    Relation.objects.create(agreement=hidden, kind=RelationKind.AMENDS, other=shown)
    Relation.objects.create(agreement=shown, kind=RelationKind.BASED_ON, other=hidden)
    DivisionSuccession.objects.create(
        predecessor=a_division(name="前の課"), successor=shown.division, on=shown.signed_on
    )
    pages = crawl(Client(), [*PORTAL, f"/agreements/?division={hidden.division_id}"])
    assert len(pages) > 20
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []
    assert {client.get(address).status_code for address in addresses_of(hidden, "portal")} == {404}


def test_the_portal_counts_nothing_unpublished(client):
    hidden = one_of_everything(a_municipality(), published=False)
    with_canaries(hidden)
    for query in ("", "?q=カナリア", f"?division={hidden.division_id}", f"?form={hidden.form}"):
        assert "0件の協定" in client.get(f"/agreements/{query}").content.decode()


def test_the_portal_shows_no_text_for_staff_of_a_published_agreement(client):
    agreement = one_of_everything(a_municipality(), published=True)
    kept = {"notes": CANARY, "remarks": [CANARY]}
    Agreement.objects.filter(pk=agreement.pk).update(**kept)
    Party.objects.filter(agreement=agreement).update(unit=CANARY, signatory=CANARY, remark=CANARY)
    Organisation.objects.update(notes=CANARY, address=CANARY)
    Ending.objects.update(note=CANARY)
    Document.objects.update(name=CANARY)
    Attachment.objects.update(label=CANARY)
    pages = crawl(Client(), PORTAL)
    assert f"/agreements/{agreement.public_id}/" in pages
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []


def test_the_portal_shows_of_the_work_what_is_for_everyone_and_nothing_else(client):
    agreement = one_of_everything(a_municipality(), published=True)
    clerk = User.objects.get(sign_in_name=f"u{agreement.pk}")
    work = with_work(agreement, clerk)
    for name, rows in work.items():
        shown = dict.fromkeys(TOLD_TO_EVERYONE.get(name, ()), "皆に")
        assert fill_with(CANARY, rows), name
        rows.update(**shown)
    a_result(work["initiative"].get(), what=CANARY)
    waiting = a_story(agreement, clerk)
    Story.objects.filter(pk=waiting.pk).update(publicity=Publicity.PROPOSED)
    waiting.pictures.update(description=CANARY)
    fill_with(CANARY, Story.objects.filter(pk=waiting.pk))
    pages = crawl(Client(), [*PORTAL, *WORK])
    assert sum("皆に" in text for text in pages.values()) >= 4
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []
    assert client.get(f"/stories/{waiting.public_id}/").status_code == 404
    Agreement.objects.filter(pk=agreement.pk).update(notes=CANARY)
    assert CANARY not in repr(agreement_sheet(Agreement.objects.get(pk=agreement.pk), date(2024, 6, 1)))


def test_the_portal_shows_what_partners_do_in_a_disaster_and_no_person_call_or_night(client):
    agreement = an_agreement(published=True, form="disaster")
    the_disaster(agreement, CANARY, CANARY)
    District.objects.update(name=CANARY)
    Capability.objects.update(
        goods="皆に", conditions=CANARY, area=CANARY, asked_by=CANARY, asking_form=CANARY
    )
    listed = reverse("portal:disaster_list", args=["012041", "csv"])
    page = reverse("portal:agreement", args=[agreement.public_id])
    beside = (
        "/",
        "/towns/012041/",
        "/agreements.csv",
        "/agreements.json",
        "/agreements/?q=皆に",
        "/partners/",
    )
    for address in (page, listed, *beside, reverse("portal:agreement_json", args=[agreement.public_id])):
        answer = client.get(address)
        assert answer.status_code == 200
        assert CANARY not in answer.getvalue().decode(), address
        assert address not in (page, listed) or "皆に" in answer.getvalue().decode()


def test_the_portal_shows_no_work_of_an_unpublished_agreement(client):
    hidden = one_of_everything(a_municipality(), published=True)
    work = with_work(hidden, User.objects.get(sign_in_name=f"u{hidden.pk}"))
    fill_with(CANARY, *work.values())
    Agreement.objects.filter(pk=hidden.pk).update(is_published=False)
    pages = crawl(Client(), [*PORTAL, "/results/", "/stories/"])
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []
    story, paper = work["story"].get(), work["paper"].get()
    for address in (
        "/results/2023/", "/results/2023.csv", f"/stories/{story.public_id}/",
        f"/stories/{story.public_id}/pictures/{story.pictures.get().document.public_id}/",
        f"/results/{paper.result.public_id}/pictures/{paper.document.public_id}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_the_portal_names_no_individual(client):
    agreement = an_agreement(published=True, partners=("カナリア花子",))
    Organisation.objects.update(kind=PartnerKind.INDIVIDUAL)
    agreement.save()
    pages = crawl(Client(), PORTAL)
    assert [address for address, text in pages.items() if "カナリア花子" in seen(text)] == []
    assert "個人" in pages[f"/agreements/{agreement.public_id}/"]
    assert client.get(f"/partners/{agreement.partners[0].organisation.public_id}/").status_code == 404


def seen(text: str) -> str:
    """The text without what was asked for, which a page says again."""
    for echo in (
        "検索の言葉: カナリア",
        'value="カナリア"',
        "q=カナリア",
        "q=%E3%82%AB%E3%83%8A%E3%83%AA%E3%82%A2",
    ):
        text = text.replace(echo, "")
    return text
