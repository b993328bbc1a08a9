"""Addresses of everyone's door."""

from django.urls import path

from renkei.portal.agreements import disasters
from renkei.portal.agreements import views as agreements
from renkei.portal.divisions import views as divisions
from renkei.portal.pages import views as pages
from renkei.portal.partners import views as partners
from renkei.portal.procedures import views as procedures
from renkei.portal.register import views as register
from renkei.portal.results import views as results
from renkei.portal.stories import views as stories

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("towns/<slug:code>/", pages.town, name="town"),
    path("towns/<slug:code>/propose/", procedures.propose, name="propose"),
    path("towns/<slug:code>/disaster-agreements.<str:kind>", disasters.published, name="disaster_list"),
    path("propose/", procedures.proposing, name="proposing"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("agreements/", agreements.listing, name="agreements"),
    path("agreements.<str:kind>", agreements.download, name="agreements_download"),
    path("agreements/<slug:public_id>/", agreements.page, name="agreement"),
    path("agreements/<slug:public_id>/sheet.pdf", agreements.sheet, name="sheet"),
    path("agreements/<slug:public_id>.json", agreements.as_json, name="agreement_json"),
    path("agreements/<slug:public_id>/documents/<slug:document_id>/", agreements.document, name="document"),
    path("partners/", partners.listing, name="partners"),
    path("partners/<slug:public_id>/", partners.page, name="partner"),
    path("register/", register.page, name="register"),
    path("register.json", register.download, {"kind": "json"}, name="register_json"),
    path("register.csv", register.download, {"kind": "csv"}, name="register_csv"),
    path("results/", results.years, name="results"),
    path("results/<int:year>/", results.year, name="results_year"),
    path("results/<int:year>.<str:kind>", results.download, name="results_download"),
    path("results/<slug:public_id>/pictures/<slug:document_id>/", results.picture, name="result_picture"),
    path("stories/", stories.listing, name="stories"),
    path("stories/<slug:public_id>/", stories.page, name="story"),
    path("stories/<slug:public_id>/pictures/<slug:document_id>/", stories.picture, name="story_picture"),
    path("divisions/", divisions.listing, name="divisions"),
    path("divisions/<slug:public_id>/", divisions.page, name="division"),
]
