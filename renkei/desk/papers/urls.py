"""Addresses of papers and their templates; fixed words come before a paper's kind."""

from django.urls import path

from renkei.desk.papers import agreements, views

urlpatterns = [
    path("papers/", views.listing, name="papers"),
    path("papers/<slug:kind>/", views.page, name="paper"),
    path("papers/<slug:kind>/ours.docx", views.ours, name="paper_ours"),
    path("papers/<slug:kind>/example.<slug:form>", views.example, name="paper_example"),
    path("papers/<slug:kind>/templates/<slug:public_id>/", views.template, name="paper_template"),
    path("agreements/<slug:public_id>/papers/", agreements.listing, name="agreement_papers"),
    path(
        "agreements/<slug:public_id>/papers/<slug:kind>.<slug:form>", agreements.paper, name="agreement_paper"
    ),
]
