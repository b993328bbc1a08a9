"""Addresses of campaigns at the counter: what is asked of the partner, answering, sheets."""

from django.urls import path

from renkei.counter.campaigns import sheets, views

urlpatterns = [
    path("<slug:code>/campaigns/", views.listing, name="campaigns"),
    path("<slug:code>/campaigns/<slug:public_id>/", views.page, name="campaign"),
    path("<slug:code>/campaigns/<slug:public_id>/nothing/", views.nothing, name="campaign_nothing"),
    path(
        "<slug:code>/campaigns/<slug:public_id>/lines/<slug:line_id>/take-back/",
        views.take_back,
        name="campaign_take_back",
    ),
    path("<slug:code>/campaigns/<slug:public_id>/finish/", views.finish, name="campaign_finish"),
    path("<slug:code>/campaigns/<slug:public_id>/sheet/", sheets.download, name="campaign_sheet"),
    path("<slug:code>/campaigns/<slug:public_id>/sheets/", sheets.bring, name="campaign_sheet_bring"),
    path(
        "<slug:code>/campaigns/<slug:public_id>/sheets/<slug:sheet_id>/",
        sheets.page,
        name="campaign_returned",
    ),
    path(
        "<slug:code>/campaigns/<slug:public_id>/sheets/<slug:sheet_id>/take/",
        sheets.take,
        name="campaign_sheet_take",
    ),
    path(
        "<slug:code>/campaigns/<slug:public_id>/sheets/<slug:sheet_id>/problems/",
        sheets.problems,
        name="campaign_sheet_problems",
    ),
]
