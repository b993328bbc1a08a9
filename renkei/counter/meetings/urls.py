"""Addresses of regular meetings at the counter."""

from django.urls import path

from renkei.counter.meetings import views

ONE = "<slug:code>/regular-meetings/<slug:public_id>/"

urlpatterns = [
    path("<slug:code>/regular-meetings/", views.listing, name="regular_meetings"),
    path(ONE, views.page, name="regular_meeting"),
    path(f"{ONE}calendar.ics", views.calendar, name="regular_meeting_calendar"),
    path(f"{ONE}answer/", views.answer, name="regular_meeting_answer"),
    path(
        f"{ONE}follow-ups/<slug:follow_up_id>/settle/",
        views.settle,
        name="regular_meeting_follow_up_settle",
    ),
]
