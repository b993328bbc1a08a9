"""Addresses of the partners' door; each subject has its own."""

from renkei.counter.campaigns import urls as campaigns
from renkei.counter.disasters import urls as disasters
from renkei.counter.drafts import urls as drafts
from renkei.counter.entry import urls as entry
from renkei.counter.meetings import urls as meetings
from renkei.counter.procedures import urls as procedures
from renkei.counter.proposals import urls as proposals
from renkei.counter.results import urls as results
from renkei.counter.signing import urls as signing

app_name = "counter"

urlpatterns = [
    *entry.urlpatterns,
    *proposals.urlpatterns,
    *drafts.urlpatterns,
    *signing.urlpatterns,
    *meetings.urlpatterns,
    *results.urlpatterns,
    *campaigns.urlpatterns,
    *disasters.urlpatterns,
    *procedures.urlpatterns,
]
