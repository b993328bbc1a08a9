"""Addresses of the figures: what came of the agreements, what moved, cross tables and saved questions."""

from django.urls import path

from renkei.desk.figures import cross, movements, questions, work

urlpatterns = [
    path("work/", work.page, name="work"),
    path("work/agreements/", work.agreements, name="work_agreements"),
    path("work/movements/", movements.page, name="work_movements"),
    path("work/movements.csv", movements.download, name="work_movements_csv"),
    path("work/movements/<slug:part>/", movements.part, name="work_movements_part"),
    path("work/charts/<slug:chart>.<str:kind>", work.chart, name="work_chart"),
    path("work.<str:kind>", work.download, name="work_download"),
    path("cross/", cross.page, name="cross"),
    path("cross.<str:kind>", cross.download, name="cross_download"),
    path("questions/new/", questions.new, name="question_new"),
    path("questions/<slug:public_id>/edit/", questions.edit, name="question_edit"),
    path("questions/<slug:public_id>/delete/", questions.delete, name="question_delete"),
]
