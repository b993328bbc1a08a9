"""Addresses of the page that works without network."""

from django.urls import path

from renkei.desk.field import views, worker

urlpatterns = [
    path("field/", views.page, name="field"),
    path("field/worker.js", worker.script, name="field_worker"),
    path("field/register.json", views.register, name="field_register"),
    path("field/records/", views.records, name="field_records"),
    path("field/file/", views.one_file, name="field_file"),
]
