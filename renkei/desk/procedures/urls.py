"""Addresses of the signing procedure at the desk; each subject has its own, fixed words before a record's id."""

from renkei.desk.procedures.board import urls as board
from renkei.desk.procedures.drafting import urls as drafting
from renkei.desk.procedures.inquiries import urls as inquiries
from renkei.desk.procedures.intake import urls as intake
from renkei.desk.procedures.meetings import urls as meetings
from renkei.desk.procedures.papers import urls as papers
from renkei.desk.procedures.returned import urls as returned
from renkei.desk.procedures.reviews import urls as reviews
from renkei.desk.procedures.signing import urls as signing

urlpatterns = [
    *intake.urlpatterns,
    *inquiries.urlpatterns,
    *meetings.urlpatterns,
    *drafting.urlpatterns,
    *returned.urlpatterns,
    *reviews.urlpatterns,
    *signing.urlpatterns,
    *papers.urlpatterns,
    *board.urlpatterns,
]
