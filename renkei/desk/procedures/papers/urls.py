"""Addresses of the papers of a procedure."""

from django.urls import path

from renkei.desk.procedures.papers import views

urlpatterns = [
    path("<slug:public_id>/papers/", views.listing, name="procedure_papers"),
    path("<slug:public_id>/papers/<slug:kind>.<slug:form>", views.paper, name="procedure_paper"),
]
