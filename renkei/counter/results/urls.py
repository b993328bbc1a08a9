"""Addresses of the work under a partner's agreements."""

from django.urls import path

from renkei.counter.results import papers, verbs, views

urlpatterns = [
    path("<slug:code>/work/", views.listing, name="work"),
    path("<slug:code>/work/<slug:public_id>/", views.page, name="work_agreement"),
    path("<slug:code>/work/initiatives/<slug:public_id>/new/", verbs.new, name="result_new"),
    path("<slug:code>/results/<slug:public_id>/", views.result, name="result"),
    path("<slug:code>/results/<slug:public_id>/confirm/", verbs.confirm, name="result_confirm"),
    path("<slug:code>/results/<slug:public_id>/send-back/", verbs.send_back, name="result_send_back"),
    path("<slug:code>/results/<slug:public_id>/correct/", verbs.correct, name="result_correct"),
    path("<slug:code>/results/<slug:public_id>/take-back/", verbs.take_back, name="result_take_back"),
    path("<slug:code>/results/<slug:public_id>/papers/new/", papers.add, name="result_paper_new"),
    path(
        "<slug:code>/results/<slug:public_id>/papers/<slug:document_id>/", papers.paper, name="result_paper"
    ),
    path(
        "<slug:code>/results/<slug:public_id>/papers/<slug:document_id>/thumbnail/",
        papers.thumbnail,
        name="result_paper_thumbnail",
    ),
]
