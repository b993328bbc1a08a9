"""What was done under an agreement is disposed of with it: results, pictures, stories, sheets, meetings."""

from datetime import date

import pytest

from renkei.agreements.vocabulary import Side
from renkei.documents.models import Document
from renkei.documents.services import keep
from renkei.initiatives.models import (
    Attendee,
    CampaignLine,
    Indicator,
    Initiative,
    RegularMeeting,
    ResultFigure,
    ResultPaper,
    ReturnedSheet,
    Story,
    StoryPicture,
)
from renkei.initiatives.services.removing import remove_people, remove_work
from renkei.retention.services.removing import remove_records
from tests.factories import an_agreement
from tests.work_factories import AT, YEAR, a_campaign, a_result, an_initiative

pytestmark = pytest.mark.django_db
PICTURE = b"%PDF-1.7 "


@pytest.fixture
def work():
    """Two agreements with work; one campaign, one sheet and one meeting about both, one meeting about the first."""
    first, second = an_agreement(title="廃棄される協定"), an_agreement(title="続く協定")
    campaign = a_campaign(first)
    for number, agreement in enumerate((first, second)):
        initiative = an_initiative(agreement, town_person="見本 花子")
        result = a_result(initiative)
        indicator = Indicator.objects.create(initiative=initiative, position=1, name="受講者数", unit="人")
        ResultFigure.objects.create(result=result, indicator=indicator, value=120)
        ResultPaper.objects.create(
            result=result, document=a_file(agreement, f"写真{number}"), description="講座"
        )
        story = Story.objects.create(
            municipality=agreement.municipality,
            agreement=agreement,
            fiscal_year=YEAR,
            title="講座",
            written_at=AT,
        )
        drawn = a_file(agreement, f"絵{number}")
        StoryPicture.objects.create(story=story, document=drawn, description="講座", position=1)
        line = CampaignLine.objects.create(campaign=campaign, agreement=agreement, initiative=initiative)
        ReturnedSheet.objects.create(
            campaign=campaign, document=a_file(agreement, f"表{number}"), brought_at=AT, rows=[{"key": line.public_id}]
        )  # fmt: skip
    a_meeting("二つの協定の会議", first, second)
    a_meeting("一つの協定の会議", first)
    return first, second


def a_file(agreement, name: str) -> Document:
    return keep(PICTURE + name.encode(), name=f"{name}.pdf", municipality=agreement.municipality)


def a_meeting(title: str, *agreements) -> None:
    town = agreements[0].municipality
    meeting = RegularMeeting.objects.create(municipality=town, title=title, held_on=date(2024, 2, 1))
    meeting.agreements.set(agreements)
    Attendee.objects.create(meeting=meeting, side=Side.TOWN, name="見本 花子")


def test_all_of_it_goes_with_the_agreement_and_nothing_of_another(work):
    first, second = work
    remove_records(first)
    for model in (Initiative, ResultFigure, Story, CampaignLine, ReturnedSheet):
        assert model.objects.count() == 1, model
    assert {document.name for document in Document.objects.all()} == {"写真1.pdf", "絵1.pdf", "表1.pdf"}
    (meeting,) = RegularMeeting.objects.all()
    assert list(meeting.agreements.all()) == [second]


def test_what_is_left_to_the_caller_are_the_documents_alone(work):
    assert {document.name for document in remove_work(work[0])} == {"写真0.pdf", "絵0.pdf", "表0.pdf"}


def test_names_of_persons_go_where_they_speak_of_the_agreement_alone(work):
    assert remove_people(work[0]) == 2
    assert [one.town_person for one in Initiative.objects.order_by("pk")] == ["", "見本 花子"]
    assert [one.meeting.title for one in Attendee.objects.all()] == ["二つの協定の会議"]
