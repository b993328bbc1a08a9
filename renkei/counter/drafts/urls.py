"""Addresses of drafts and of their check."""

from django.urls import path

from renkei.counter.drafts import views

urlpatterns = [
    path("<slug:code>/procedures/<slug:public_id>/drafts/", views.drafts, name="procedure_drafts"),
    path("<slug:code>/procedures/<slug:public_id>/review/", views.review, name="procedure_review"),
    path(
        "<slug:code>/procedures/<slug:public_id>/review/comment/",
        views.comment,
        name="procedure_review_comment",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/review/withdraw/<slug:comment_id>/",
        views.withdraw,
        name="procedure_comment_withdraw",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/review/accept/",
        views.accept,
        name="procedure_review_accept",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/review/take-back/<slug:reviewer_id>/",
        views.take_back,
        name="procedure_review_take_back",
    ),
]
