"""Addresses of whom to call in a disaster."""

from django.urls import path

from renkei.desk.emergency_contacts import listing, testing, views, writing

urlpatterns = [
    path("contacts/", listing.listing, name="emergency_contacts"),
    path("contacts/download/", listing.download, name="emergency_contacts_download"),
    path("contacts/tests/", testing.page, name="emergency_contact_tests"),
    path("contacts/town/", views.page, name="emergency_contact_town"),
    path("contacts/<slug:public_id>/", views.page, name="emergency_contact_partner"),
    path("contacts/<slug:public_id>/edit/", writing.edit, name="emergency_contact_edit"),
    path(
        "contacts/<slug:public_id>/agreements/<slug:agreement_id>/",
        writing.edit,
        name="emergency_contact_agreement",
    ),
    path("contacts/<slug:public_id>/verify/", views.verify, name="emergency_contact_verify"),
    path("contacts/<slug:public_id>/paper/", views.paper, name="emergency_contact_paper"),
    path(
        "contacts/<slug:public_id>/<slug:contact_id>/failed/", views.failed, name="emergency_contact_failed"
    ),
]
