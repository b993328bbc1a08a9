"""Taking the work under an agreement away together with it (廃棄), and the names of persons in it."""

from django.db.models import TextField
from django.db.models.functions import Cast

from renkei.agreements.models import Agreement
from renkei.documents.models import Document
from renkei.initiatives.models import (
    Attendee,
    CampaignLine,
    Initiative,
    RegularMeeting,
    ResultPaper,
    ReturnedSheet,
    StoryPicture,
)


def remove_work(agreement: Agreement) -> list[Document]:
    """Remove what does not go with the agreement by itself; the documents of its work are left to the caller."""
    papers = ResultPaper.objects.filter(result__agreement=agreement)
    pictures = StoryPicture.objects.filter(story__agreement=agreement)
    documents = {
        *Document.objects.filter(pk__in=papers.values("document")),
        *Document.objects.filter(pk__in=pictures.values("document")),
        *_remove_sheets(agreement),
    }
    meetings = RegularMeeting.objects.of(agreement.municipality).about(agreement)
    for meeting in meetings:
        if meeting.agreements.count() == 1:
            meeting.delete()
    return sorted(documents, key=lambda one: one.pk)


def _remove_sheets(agreement: Agreement) -> set[Document]:
    """A sheet speaks of many agreements in one file: it goes with the first of them; what it told was taken in."""
    keys = CampaignLine.objects.filter(agreement=agreement).values_list("public_id", flat=True)
    sheets = ReturnedSheet.objects.filter(campaign__lines__agreement=agreement).distinct()
    found = [
        sheet
        for sheet in sheets.annotate(text=Cast("rows", TextField())).select_related("document")
        if any(key in sheet.text for key in keys)
    ]
    ReturnedSheet.objects.filter(pk__in=[sheet.pk for sheet in found]).delete()
    return {sheet.document for sheet in found}


def remove_people(agreement: Agreement) -> int:
    """Remove the names of persons from initiatives and from meetings about the agreement alone; how many went."""
    named = Initiative.objects.about(agreement)
    count = named.exclude(town_person="").update(town_person="")
    count += named.exclude(partner_person="").update(partner_person="")
    meetings = RegularMeeting.objects.of(agreement.municipality).about(agreement)
    alone = [meeting.pk for meeting in meetings if meeting.agreements.count() == 1]
    gone, _by_kind = Attendee.objects.filter(meeting__in=alone).delete()
    return count + gone
