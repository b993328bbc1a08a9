"""Addresses of the signing, and of beginning a procedure about an agreement."""

from django.urls import path

from renkei.desk.procedures.signing import beginning, views

urlpatterns = [
    path("about/<slug:public_id>/", beginning.begin, name="procedure_begin"),
    path("<slug:public_id>/signing/", views.page, name="procedure_signing"),
    path("<slug:public_id>/signing/approval/", views.approval, name="procedure_approval"),
    path("<slug:public_id>/signing/plan/", views.plan, name="procedure_signing_plan"),
    path("<slug:public_id>/signing/facts/", views.facts, name="procedure_facts"),
    path("<slug:public_id>/signing/copy/", views.signed_copy, name="procedure_signed_copy"),
    path("<slug:public_id>/signing/copy/file/", views.signed_copy_file, name="procedure_signed_copy_file"),
    path("<slug:public_id>/signing/ceremony/", views.ceremony, name="procedure_ceremony"),
    path("<slug:public_id>/conclude/", views.conclude, name="procedure_conclude"),
]
