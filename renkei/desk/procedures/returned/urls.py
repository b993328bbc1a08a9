"""Addresses of drafts that came back."""

from django.urls import path

from renkei.desk.procedures.returned import deciding, views

urlpatterns = [
    path("<slug:public_id>/returned/", views.listing, name="procedure_returned"),
    path("<slug:public_id>/returned/<slug:one>/", views.page, name="procedure_returned_draft"),
    path("<slug:public_id>/returned/<slug:one>/file/", views.file, name="procedure_returned_file"),
    path("<slug:public_id>/returned/<slug:one>/redline/", views.redline, name="procedure_returned_redline"),
    path("<slug:public_id>/returned/<slug:one>/decide/", deciding.decide, name="procedure_returned_decide"),
    path("<slug:public_id>/returned/<slug:one>/answer/", deciding.answer, name="procedure_returned_answer"),
    path(
        "<slug:public_id>/returned/<slug:one>/take-up/", deciding.take_up, name="procedure_returned_take_up"
    ),
    path(
        "<slug:public_id>/returned/<slug:one>/set-aside/",
        deciding.set_aside,
        name="procedure_returned_set_aside",
    ),
]
