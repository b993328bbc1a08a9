"""Addresses of incidents, needs, requests and calls."""

from django.urls import path

from renkei.desk.incidents import asked_changes, asking, calls, needs, opening, requests, views

urlpatterns = [
    path("incidents/", views.listing, name="incidents"),
    path("incidents/new/", opening.new, name="incident_new"),
    path("incidents/<slug:public_id>/", views.page, name="incident"),
    path("incidents/<slug:public_id>/note/", views.note, name="incident_note"),
    path("incidents/<slug:public_id>/calls/", calls.listing, name="incident_calls"),
    path("needs/<slug:public_id>/", needs.page, name="need"),
    path("needs/<slug:public_id>/change/", needs.change, name="need_change"),
    path("needs/<slug:public_id>/end/", needs.end, name="need_end"),
    path("needs/<slug:public_id>/call/", asking.press, name="need_call"),
    path("calls/<slug:public_id>/", calls.amend, name="incident_call"),
    path("calls/<slug:public_id>/void/", calls.void, name="incident_call_void"),
    path("requests/<slug:public_id>/", requests.page, name="help_request"),
    path("requests/<slug:public_id>/change/", asked_changes.change, name="help_request_change"),
    path("steps/<slug:public_id>/void/", requests.void, name="help_request_step_void"),
    path("steps/<slug:public_id>/conflict/", requests.conflict, name="help_request_conflict"),
]
