"""Names and numbers of people at partners with which the town has no agreement left are not kept."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from renkei.agreements.models import Party
from renkei.disasters.models import (
    Call,
    ContactCheck,
    EmergencyContact,
    HelpRequest,
    Step,
    UnplacedRecord,
)
from renkei.documents.models import Document
from renkei.partners.models import Organisation

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
