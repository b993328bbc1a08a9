"""Addresses of reviews."""

from django.urls import path

from renkei.desk.procedures.reviews import resolving, reviewing, rounds

urlpatterns = [
    path("<slug:public_id>/reviews/", rounds.page, name="procedure_reviews"),
    path("<slug:public_id>/reviews/open/", rounds.new, name="procedure_review_open"),
    path("<slug:public_id>/reviews/end/", rounds.end, name="procedure_review_end"),
    path("<slug:public_id>/reviews/revise/", resolving.revise, name="procedure_review_revise"),
    path(
        "<slug:public_id>/reviews/comments/<slug:comment_id>/",
        resolving.resolve,
        name="procedure_comment_resolve",
    ),
    path(
        "<slug:public_id>/reviews/reviewers/<slug:reviewer_id>/replace/",
        rounds.replace,
        name="procedure_reviewer_replace",
    ),
    path(
        "<slug:public_id>/reviews/reviewers/<slug:reviewer_id>/heard/",
        rounds.heard,
        name="procedure_reviewer_heard",
    ),
    path(
        "<slug:public_id>/reviews/reviewers/<slug:reviewer_id>/strike/",
        rounds.strike,
        name="procedure_reviewer_strike",
    ),
    path("<slug:public_id>/review/", reviewing.page, name="procedure_review"),
    path("<slug:public_id>/review/comment/", reviewing.comment, name="procedure_review_comment"),
    path(
        "<slug:public_id>/review/withdraw/<slug:comment_id>/",
        reviewing.withdraw,
        name="procedure_comment_withdraw",
    ),
    path("<slug:public_id>/review/accept/", reviewing.accept, name="procedure_review_accept"),
    path(
        "<slug:public_id>/review/take-back/<slug:reviewer_id>/",
        reviewing.take_back,
        name="procedure_review_take_back",
    ),
]
