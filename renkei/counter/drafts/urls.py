"""Addresses of drafts and of their check."""

from django.urls import path

from renkei.counter.drafts import files, returned, views

urlpatterns = [
    path("<slug:code>/procedures/<slug:public_id>/drafts/", views.drafts, name="procedure_drafts"),
    path(
        "<slug:code>/procedures/<slug:public_id>/drafts/<slug:version_id>/word/",
        files.word,
        name="procedure_draft_word",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/drafts/<slug:version_id>/pdf/",
        files.pdf,
        name="procedure_draft_pdf",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/drafts/changes/<slug:former_id>/<slug:version_id>/",
        files.redline,
        name="procedure_draft_redline",
    ),
    path("<slug:code>/procedures/<slug:public_id>/returned/", returned.listing, name="procedure_returned"),
    path(
        "<slug:code>/procedures/<slug:public_id>/returned/<slug:returned_id>/",
        returned.page,
        name="procedure_returned_draft",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/returned/<slug:returned_id>/file/",
        returned.file,
        name="procedure_returned_file",
    ),
    path(
        "<slug:code>/procedures/<slug:public_id>/returned/<slug:returned_id>/redline/",
        returned.redline,
        name="procedure_returned_redline",
    ),
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
