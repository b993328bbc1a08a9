"""What the pages of the yearly check share: finding the record, who may, and where a link leads."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from renkei.desk.staff import StaffRequest, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.disasters.checks.plan import asked_partner
from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.disasters.permissions import why_not_prepare_of, why_not_see_contacts
from renkei.municipalities.models import Division


def the_campaign(request: StaffRequest, public_id: str) -> ContactCampaign:
    """The person's own town's campaign, as of the version that they saw, or 404."""
    mine = ContactCampaign.objects.of(town(request)).select_related("municipality", "opened_by")
    campaign = get_object_or_404(mine, public_id=public_id)
    if request.method == "POST":
        campaign.version = version_seen(request, campaign.version)
    return campaign


def the_check(request: StaffRequest, public_id: str) -> ContactCheck:
    """A partner's part of a campaign of the own town, for whoever may see numbers; 404 or 403 else."""
    mine = ContactCheck.objects.of(town(request)).select_related(
        "campaign__municipality", "organisation__merged_into", "paper", "written_by"
    )
    check = get_object_or_404(mine, public_id=public_id)
    stop_if(why_not_see_contacts(request.user, day=today()))
    if request.method == "POST":
        check.version = version_seen(request, check.version)
    return check


def why_not_work_on(request: StaffRequest, check: ContactCheck) -> str | None:
    """None if the person may write, call and type the answer: of a division of the partner's, or for all."""
    divisions: list[Division | None] = [*asked_partner(town(request), check.partner, today()).divisions]
    reasons = [why_not_prepare_of(request.user, one, today()) for one in divisions or [None]]
    return None if None in reasons else reasons[0]


def site_of(request: HttpRequest) -> str:
    """Where a partner finds the counter, if the settings do not say it: here, if this process opens it too."""
    return f"{request.scheme}://{request.get_host()}" if "counter" in settings.DOORS else ""
