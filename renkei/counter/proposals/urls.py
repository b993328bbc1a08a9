"""Addresses of proposals; fixed words come before the name of a part."""

from django.urls import path

from renkei.counter.proposals import files, sending, views

PROPOSAL = "<slug:code>/proposals/<slug:public_id>/"

urlpatterns = [
    path("<slug:code>/propose/", views.begin, name="proposal_begin"),
    path("<slug:code>/proposals/", views.listing, name="proposals"),
    path(PROPOSAL, views.proposal, name="proposal"),
    path(f"{PROPOSAL}check/", sending.check, name="proposal_check"),
    path(f"{PROPOSAL}sent/", sending.sent, name="proposal_sent"),
    path(f"{PROPOSAL}drop/", views.drop, name="proposal_drop"),
    path(f"{PROPOSAL}files/", files.files, name="proposal_files"),
    path(f"{PROPOSAL}files/<slug:document_id>/", files.download, name="proposal_file"),
    path(f"{PROPOSAL}files/<slug:document_id>/remove/", files.remove, name="proposal_file_remove"),
    path(f"{PROPOSAL}<slug:name>/", views.part, name="proposal_part"),
    path("<slug:code>/procedures/<slug:public_id>/proposal/", sending.as_sent, name="procedure_proposal"),
]
