"""Addresses of the board, of my tasks, of settings and durations, of a procedure's page and of its moves."""

from django.urls import path

from renkei.desk.procedures.board import durations, moves, settings, views

urlpatterns = [
    path("", views.board, name="procedures"),
    path("list.<str:kind>", views.download, name="procedures_download"),
    path("tasks/", views.tasks, name="procedure_tasks"),
    path("settings/", settings.page, name="procedure_settings"),
    path("durations/", durations.page, name="procedure_durations"),
    path("<slug:public_id>/", views.page, name="procedure"),
    path("<slug:public_id>/moves/<slug:verb>/", moves.page, name="procedure_move"),
]
