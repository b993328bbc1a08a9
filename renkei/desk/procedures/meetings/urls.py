"""Addresses of the talks: meetings, points, questions."""

from django.urls import path

from renkei.desk.procedures.meetings import meetings, points, questions

urlpatterns = [
    path("<slug:public_id>/meetings/", meetings.talks, name="procedure_meetings"),
    path("<slug:public_id>/meetings/new/", meetings.new, name="procedure_meeting_new"),
    path("<slug:public_id>/meetings/<slug:meeting_id>/", meetings.meeting, name="procedure_meeting"),
    path("<slug:public_id>/meetings/<slug:meeting_id>/edit/", meetings.change, name="procedure_meeting_edit"),
    path("<slug:public_id>/meetings/<slug:meeting_id>/show/", meetings.show, name="procedure_meeting_show"),
    path(
        "<slug:public_id>/meetings/<slug:meeting_id>/cancel/",
        meetings.cancel,
        name="procedure_meeting_cancel",
    ),
    path("<slug:public_id>/points/new/", points.new, name="procedure_point_new"),
    path("<slug:public_id>/points/<slug:point_id>/", points.change, name="procedure_point"),
    path("<slug:public_id>/points/<slug:point_id>/settle/", points.settle, name="procedure_point_settle"),
    path("<slug:public_id>/points/<slug:point_id>/reopen/", points.reopen, name="procedure_point_reopen"),
    path("<slug:public_id>/points/<slug:point_id>/plan/", points.plan, name="procedure_point_plan"),
    path("<slug:public_id>/questions/", questions.questions, name="procedure_questions"),
    path(
        "<slug:public_id>/questions/<slug:question_id>/answer/",
        questions.answer,
        name="procedure_question_answer",
    ),
    path(
        "<slug:public_id>/questions/<slug:question_id>/withdraw/",
        questions.withdraw,
        name="procedure_question_withdraw",
    ),
]
