"""Addresses of the work under agreements."""

from django.urls import path

from renkei.desk.initiatives import copying, verbs, views

urlpatterns = [
    path("initiatives/", views.listing, name="initiatives"),
    path("initiatives/copy/", copying.page, name="initiatives_copy"),
    path("agreements/<slug:public_id>/initiatives/new/", verbs.new, name="initiative_new"),
    path("initiatives/<slug:public_id>/", views.page, name="initiative"),
    path("initiatives/<slug:public_id>/edit/", verbs.edit, name="initiative_edit"),
    path("initiatives/<slug:public_id>/move/", verbs.move, name="initiative_move"),
    path("initiatives/<slug:public_id>/years/new/", verbs.year, name="initiative_year"),
]
