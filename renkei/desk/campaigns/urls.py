"""Addresses of campaigns: the list, opening one, its progress, each division's page, sheets that come back."""

from django.urls import path

from renkei.desk.campaigns import answering, conducting, sheets, views

urlpatterns = [
    path("campaigns/", views.listing, name="campaigns"),
    path("campaigns/new/", conducting.new, name="campaign_new"),
    path("campaigns/<slug:public_id>/", views.page, name="campaign"),
    path("campaigns/<slug:public_id>/remind/", conducting.remind, name="campaign_remind"),
    path("campaigns/<slug:public_id>/due/", conducting.due, name="campaign_due"),
    path("campaigns/<slug:public_id>/close/", conducting.close, name="campaign_close"),
    path("campaigns/<slug:public_id>/reopen/", conducting.reopen, name="campaign_reopen"),
    path("campaigns/<slug:public_id>/propose/", conducting.propose, name="campaign_propose"),
    path("campaigns/<slug:public_id>/approve/", conducting.approve, name="campaign_approve"),
    path("campaigns/<slug:public_id>/withdraw/", conducting.withdraw, name="campaign_withdraw"),
    path(
        "campaigns/<slug:public_id>/divisions/<slug:division_id>/", answering.page, name="campaign_division"
    ),
    path(
        "campaigns/<slug:public_id>/divisions/<slug:division_id>/nothing/",
        answering.nothing,
        name="campaign_nothing",
    ),
    path(
        "campaigns/<slug:public_id>/divisions/<slug:division_id>/lines/<slug:line_id>/take-back/",
        answering.take_back,
        name="campaign_take_back",
    ),
    path(
        "campaigns/<slug:public_id>/divisions/<slug:division_id>/finish/",
        answering.finish,
        name="campaign_finish",
    ),
    path(
        "campaigns/<slug:public_id>/divisions/<slug:division_id>/sheet/",
        sheets.download,
        name="campaign_sheet",
    ),
    path(
        "campaigns/<slug:public_id>/divisions/<slug:division_id>/sheets/",
        sheets.bring,
        name="campaign_sheet_bring",
    ),
    path("campaigns/<slug:public_id>/sheets/<slug:sheet_id>/", sheets.page, name="campaign_returned"),
    path("campaigns/<slug:public_id>/sheets/<slug:sheet_id>/take/", sheets.take, name="campaign_sheet_take"),
    path(
        "campaigns/<slug:public_id>/sheets/<slug:sheet_id>/problems/",
        sheets.problems,
        name="campaign_sheet_problems",
    ),
]
