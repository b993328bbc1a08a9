"""Addresses of what partners do in a disaster, and of the places that help goes to."""

from django.urls import path

from renkei.desk.capabilities import districts, proposals, sheets, verbs, views

urlpatterns = [
    path("capabilities/", views.listing, name="capabilities"),
    path("capabilities.xlsx", sheets.workbook, name="capability_workbook"),
    path("capabilities/published.<str:kind>", sheets.published, name="capability_published"),
    path("capabilities/proposals/", proposals.page, name="capability_proposals"),
    path("capabilities/sheet/", sheets.bring, name="capability_sheet"),
    path("capabilities/of/<slug:agreement_id>/new/", verbs.new, name="capability_new"),
    path("capabilities/<slug:public_id>/", views.page, name="capability"),
    path("capabilities/<slug:public_id>/edit/", verbs.edit, name="capability_edit"),
    path("capabilities/<slug:public_id>/confirm/", verbs.confirm, name="capability_confirm"),
    path("capabilities/<slug:public_id>/end/", verbs.end, name="capability_end"),
    path("districts/", districts.listing, name="districts"),
    path("districts/new/", districts.new, name="district_new"),
    path("districts/list/", districts.bring, name="district_list"),
    path("districts/<slug:public_id>/edit/", districts.edit, name="district_edit"),
]
