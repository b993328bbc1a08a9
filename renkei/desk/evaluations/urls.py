"""Addresses of evaluations, and of agreements that nobody seems to use."""

from django.urls import path

from renkei.desk.evaluations import dormant, verbs, views

urlpatterns = [
    path("evaluations/", views.listing, name="evaluations"),
    path("evaluations/dormant/", dormant.listing, name="dormant"),
    path("evaluations/dormant.xlsx", dormant.download, name="dormant_download"),
    path("evaluations/<slug:public_id>/", views.page, name="evaluation"),
    path("evaluations/<slug:public_id>/follow/", verbs.follow, name="evaluation_follow"),
    path("agreements/<slug:public_id>/evaluate/<int:year>/", verbs.evaluate, name="evaluation_write"),
]
