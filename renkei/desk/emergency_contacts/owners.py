"""Whose contacts a page is about: a partner's, or the town's own."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.audit.models import Entry
from renkei.desk.partners.verbs import the_partner
from renkei.desk.staff import StaffRequest, today, town
from renkei.disasters.contacts.chains import in_use_with_channels
from renkei.disasters.models import EmergencyContact
from renkei.disasters.models.contact import EmergencyContactQuerySet
from renkei.disasters.permissions import why_not_see_contacts, why_not_write_contacts
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation

TOWN = "town"
"""Stands in the address in place of a partner's id."""
TOLD = 20


@dataclass(frozen=True)
class Owner:
    """A partner, or the town itself where `partner` is None."""

    town: Municipality
    partner: Organisation | None

    def __str__(self) -> str:
        return self.partner.name if self.partner else _("%s(市の連絡先)") % self.town

    @property
    def key(self) -> str:
        """What stands in the address."""
        return self.partner.public_id if self.partner else TOWN

    @property
    def page(self) -> str:
        """The address of its page."""
        if self.partner:
            return reverse("desk:emergency_contact_partner", args=[self.key])
        return reverse("desk:emergency_contact_town")

    @property
    def every(self) -> EmergencyContactQuerySet:
        """All its contacts, those taken out too."""
        own = EmergencyContact.objects.of(self.town)
        return own.of_partner(self.partner) if self.partner else own.of_town()

    @property
    def in_use(self) -> list[EmergencyContact]:
        """Its contacts with their channels."""
        return list(in_use_with_channels(self.every))

    @property
    def history(self) -> list[Entry]:
        """What was told about its contacts, newest first."""
        subject = self.partner or self.town
        told = Entry.objects.of(self.town).about(
            subject_type=subject._meta.label_lower, subject_id=str(getattr(subject, "public_id", subject.pk))
        )
        return list(told.filter(event__startswith="disasters.contact")[:TOLD])

    def why_not_write(self, request: StaffRequest, agreement: Agreement | None = None) -> str | None:
        """None if the person may write the chain; who writes it has to see it."""
        unseen = why_not_see_contacts(request.user, day=today())
        return unseen or why_not_write_contacts(request.user, self.partner, agreement, day=today())


def the_owner(request: StaffRequest, public_id: str) -> Owner:
    """The person's own town, or its partner; of a merged record the one that it was merged into; or 404."""
    if public_id == TOWN:
        return Owner(town(request), None)
    partner = the_partner(request, public_id)
    return Owner(town(request), partner.merged_into or partner)


def the_agreement_with(request: StaffRequest, owner: Owner, public_id: str) -> Agreement:
    """An agreement of the town with the partner, or 404."""
    if owner.partner is None:
        raise Http404
    known = Agreement.objects.of(town(request)).with_partner(owner.partner)
    return get_object_or_404(known.select_related("municipality", "division"), public_id=public_id)
