"""Addresses of the signing at the counter."""

from django.urls import path

from renkei.counter.signing import views

urlpatterns = [
    path("<slug:code>/procedures/<slug:public_id>/signing/", views.page, name="procedure_signing"),
    path(
        "<slug:code>/procedures/<slug:public_id>/signing/copy/",
        views.signed_copy,
        name="procedure_signed_copy",
    ),
]
