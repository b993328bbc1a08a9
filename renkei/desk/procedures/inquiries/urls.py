"""Addresses of inquiries, of divisions' answers, of the checklists and of the paper for the decision."""

from django.urls import path

from renkei.desk.procedures.inquiries import answers, checks, inquiries, papers

urlpatterns = [
    path("answers/<slug:asked_id>/", answers.answer, name="inquiry_answer"),
    path("answers/<slug:asked_id>/more-time/", answers.more_time, name="inquiry_more_time"),
    path("answers/<slug:asked_id>/deadline/", inquiries.deadline, name="inquiry_deadline"),
    path("answers/<slug:asked_id>/take-back/", inquiries.take_back, name="inquiry_take_back"),
    path("<slug:public_id>/inquiries/", inquiries.listing, name="procedure_inquiries"),
    path("<slug:public_id>/inquiries/new/", inquiries.new, name="procedure_inquiry_new"),
    path("<slug:public_id>/inquiries/<slug:inquiry_id>/add/", inquiries.add, name="inquiry_add"),
    path("<slug:public_id>/inquiries/<slug:inquiry_id>/urge/", inquiries.urge, name="inquiry_urge"),
    path("<slug:public_id>/inquiries/<slug:inquiry_id>/close/", inquiries.close, name="inquiry_close"),
    path("<slug:public_id>/inquiries/<slug:inquiry_id>/reopen/", inquiries.reopen, name="inquiry_reopen"),
    path("<slug:public_id>/matrix/", papers.matrix, name="procedure_matrix"),
    path("<slug:public_id>/matrix.xlsx", papers.matrix_xlsx, name="procedure_matrix_xlsx"),
    path("<slug:public_id>/decision-paper/", papers.decision_paper, name="procedure_decision_paper"),
    path("<slug:public_id>/checks/", checks.checks, name="procedure_checks"),
]
