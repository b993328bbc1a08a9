"""Names and numbers of people at partners with which the town has no agreement left are not kept."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet

from renkei.agreements.models import Party
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.contacts.chains import TOKYO
from renkei.disasters.models import (
    Call,
    CheckCall,
    ContactCheck,
    EmergencyContact,
    HelpRequest,
    Step,
    UnplacedRecord,
)
from renkei.documents.models import Document
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import japanese_date


@transaction.atomic
def forget_contacts(town: Municipality, *, until: date, held: Collection[int] = ()) -> list[Document]:
    """Remove contacts that were taken out until the day, and what older checks hold of them.

    Of a check that was answered until the day, it stays who answered how; the numbers that were typed go. The scans of
    its papers are left to the caller to remove; those of the partners in `held` stay where they are.
    """
    ended = EmergencyContact.objects.of(town).filter(ended_on__lte=until)
    checks = ContactCheck.objects.of(town).filter(
        answered_at__date__lte=until, campaign__closed_at__lte=_end_of(until)
    )
    typed = [one for one in checks.exclude(answer={}) if set(one.answer) - KEPT_OF_AN_ANSWER]
    count = ended.count()
    if count or typed:
        ended.delete()
        _forget_typed(typed, checks)
        words = japanese_date(until)
        record(events.CONTACTS_FORGOTTEN, None, town, municipality=town, count=count, until=words)
    return _let_go_of_papers(town, checks, until, held)


def _forget_typed(typed: Sequence[ContactCheck], checks: QuerySet[ContactCheck]) -> None:
    for one in typed:
        one.answer = {name: one.answer[name] for name in KEPT_OF_AN_ANSWER if name in one.answer}
    ContactCheck.objects.bulk_update(typed, ["answer"], batch_size=500)
    CheckCall.objects.filter(about__in=checks).update(called="", spoke_with="")


def _let_go_of_papers(
    town: Municipality, checks: QuerySet[ContactCheck], until: date, held: Collection[int]
) -> list[Document]:
    """The scans hold the same numbers as what was typed from them."""
    scanned = checks.exclude(paper=None).select_related("paper", "organisation__merged_into")
    found = [one for one in scanned if one.partner.pk not in held]
    papers = [one.paper for one in found if one.paper]
    if papers:
        ContactCheck.objects.filter(pk__in=[one.pk for one in found]).update(paper=None)
        words, count = japanese_date(until), len(papers)
        record(events.CHECK_PAPERS_FORGOTTEN, None, town, municipality=town, count=count, until=words)
    return papers


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, TOKYO)


KEPT_OF_AN_ANSWER = {"withdrawn"}
"""What is no number: which promises were taken back."""
OF_PEOPLE = ("called", "spoke_with", "told_by", "contact")
"""What a device told of people, in a record that found no place."""


def remove_contacts_without_agreement(partners: Iterable[Organisation]) -> list[Document]:
    """Remove the contacts of those of the partners that are party to no agreement any more, and who answered for them.

    What was asked and brought in incidents stays, without names and numbers; the papers that came back in yearly
    checks are left to the caller.
    """
    papers: set[Document] = set()
    for partner in {one.merged_into or one for one in partners}:
        # The records of one partner: its own, and those that were merged into it.
        ours = Organisation.objects.filter(Q(pk=partner.pk) | Q(merged_into=partner))
        if not Party.objects.filter(organisation__in=ours).exists():
            EmergencyContact.objects.filter(organisation__in=ours).delete()
            papers |= _remove_checks(ours)
            _remove_names_in_incidents(ours)
    return sorted(papers, key=lambda one: one.pk)


def _remove_checks(partner: QuerySet[Organisation]) -> set[Document]:
    """What was answered year by year: it holds every name and number of its time."""
    checks = ContactCheck.objects.filter(organisation__in=partner)
    papers = set(Document.objects.filter(pk__in=checks.values("paper")))
    checks.delete()
    return papers


def _remove_names_in_incidents(partner: QuerySet[Organisation]) -> None:
    requests = HelpRequest.objects.filter(organisation__in=partner)
    Step.objects.filter(request__in=requests).exclude(told_by="").update(told_by="")
    requests.exclude(sent_to="").update(sent_to="")
    Call.objects.filter(organisation__in=partner).update(called="", spoke_with="")
    for one in UnplacedRecord.objects.filter(
        told__partner__in=list(partner.values_list("public_id", flat=True))
    ):
        told = {name: value for name, value in one.told.items() if name not in OF_PEOPLE}
        UnplacedRecord.objects.filter(pk=one.pk).update(told=told)
