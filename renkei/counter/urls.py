"""Addresses of the partners' door; each subject has its own."""

from renkei.counter.drafts import urls as drafts
from renkei.counter.entry import urls as entry
from renkei.counter.procedures import urls as procedures
from renkei.counter.proposals import urls as proposals
from renkei.counter.signing import urls as signing

app_name = "counter"

urlpatterns = [
    *entry.urlpatterns,
    *proposals.urlpatterns,
    *drafts.urlpatterns,
    *signing.urlpatterns,
    *procedures.urlpatterns,
]
