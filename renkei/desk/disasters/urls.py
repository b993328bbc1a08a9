"""Addresses of the readiness of the town."""

from django.urls import path

from renkei.desk.disasters import agreements, tasks, views

urlpatterns = [
    path("", views.readiness, name="disasters"),
    path("readiness/", agreements.listing, name="readiness_agreements"),
    path("readiness.<str:kind>", agreements.download, name="readiness_download"),
    path("readiness/tasks/", tasks.listing, name="readiness_tasks"),
    path("readiness/tasks.<str:kind>", tasks.download, name="readiness_tasks_download"),
    path("readiness/<slug:public_id>/", agreements.page, name="readiness_agreement"),
]
