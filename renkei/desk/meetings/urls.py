"""Addresses of regular meetings."""

from django.urls import path

from renkei.desk.meetings import follow_ups, planning, recording, views

ONE = "regular-meetings/<slug:public_id>/"
TAKEN_ON = f"{ONE}follow-ups/<slug:follow_up_id>/"

urlpatterns = [
    path("regular-meetings/", views.listing, name="regular_meetings"),
    path("regular-meetings/new/", planning.new, name="regular_meeting_new"),
    path("regular-meetings/year/", views.year, name="regular_meeting_year"),
    path("regular-meetings/follow-ups/", views.follow_ups, name="regular_meeting_follow_ups"),
    path(ONE, views.page, name="regular_meeting"),
    path(f"{ONE}change/", planning.change, name="regular_meeting_change"),
    path(f"{ONE}next/", planning.plan_next, name="regular_meeting_next"),
    path(f"{ONE}invite/", recording.invite, name="regular_meeting_invite"),
    path(f"{ONE}cancel/", recording.cancel, name="regular_meeting_cancel"),
    path(f"{ONE}minutes/", recording.minutes, name="regular_meeting_minutes"),
    path(f"{ONE}share/", recording.share, name="regular_meeting_share"),
    path(f"{ONE}calendar.ics", recording.calendar, name="regular_meeting_calendar"),
    path(f"{ONE}minutes.<str:form>", recording.paper, name="regular_meeting_paper"),
    path(f"{ONE}follow-ups/new/", follow_ups.new, name="regular_meeting_follow_up_new"),
    path(f"{TAKEN_ON}change/", follow_ups.change, name="regular_meeting_follow_up_change"),
    path(f"{TAKEN_ON}settle/", follow_ups.settle, name="regular_meeting_follow_up_settle"),
    path(f"{TAKEN_ON}open-again/", follow_ups.open_again, name="regular_meeting_follow_up_open_again"),
]
