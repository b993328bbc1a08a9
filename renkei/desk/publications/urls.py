"""Addresses of the papers a town owes, and of its own words in them."""

from django.urls import path

from renkei.desk.publications import sheets, views, wordings

urlpatterns = [
    path("publications/", views.listing, name="publications"),
    path("publications/<slug:kind>/", views.page, name="publication"),
    path("publications/<slug:kind>/<str:form>/", views.file, name="publication_file"),
    path("agreements/<slug:public_id>/sheet/<str:form>/", sheets.agreement, name="publication_agreement"),
    path("partners/<slug:public_id>/sheet/<str:form>/", sheets.partner, name="publication_partner"),
    path("wordings/", wordings.listing, name="wordings"),
    path("wordings/<slug:place>/", wordings.edit, name="wording_edit"),
]
