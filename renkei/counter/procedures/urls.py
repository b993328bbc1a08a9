"""Addresses of a partner's procedures."""

from django.urls import path

from renkei.counter.procedures import questions, views

urlpatterns = [
    path("<slug:code>/", views.listing, name="procedures"),
    path("<slug:code>/procedures/<slug:public_id>/", views.page, name="procedure"),
    path("<slug:code>/procedures/<slug:public_id>/withdraw/", views.withdraw, name="procedure_withdraw"),
    path(
        "<slug:code>/procedures/<slug:public_id>/questions/",
        questions.questions,
        name="procedure_questions",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/questions/<slug:question_id>/answer/",
        questions.answer,
        name="procedure_question_answer",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/questions/<slug:question_id>/withdraw/",
        questions.withdraw_question,
        name="procedure_question_withdraw",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/meetings/",
        questions.meetings,
        name="procedure_meetings",
    ),
]
