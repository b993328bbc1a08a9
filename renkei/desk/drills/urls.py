"""Addresses of drills and of their scenarios."""

from django.urls import path

from renkei.desk.drills import papers, playing, scenarios, views

urlpatterns = [
    path("drills/", views.listing, name="drills"),
    path("drills/new/", views.new, name="drill_new"),
    path("drills/<str:public_id>/", views.page, name="drill"),
    path("drills/<str:public_id>/edit/", views.edit, name="drill_edit"),
    path("drills/<str:public_id>/cancel/", views.cancel, name="drill_cancel"),
    path("drills/<str:public_id>/begin/", playing.begin, name="drill_begin"),
    path("drills/<str:public_id>/needs/<int:place>/", playing.need, name="drill_need"),
    path("drills/<str:public_id>/end/", playing.end, name="drill_end"),
    path("drills/<str:public_id>/lessons/", playing.lesson, name="drill_lesson"),
    path("drills/<str:public_id>/report.<str:kind>", papers.report, name="drill_report"),
    path("scenarios/", scenarios.listing, name="scenarios"),
    path("scenarios/new/", scenarios.new, name="scenario_new"),
    path("scenarios/<str:public_id>/", scenarios.edit, name="scenario_edit"),
]
