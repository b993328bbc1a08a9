"""Addresses of results."""

from django.urls import path

from renkei.desk.results import choosing, highlights, papers, publication, verbs, views, waiting

urlpatterns = [
    path("results/", views.listing, name="results"),
    path("results.<str:kind>", views.download, name="results_download"),
    path("results/waiting/", waiting.listing, name="results_waiting"),
    path("results/publication/", publication.listing, name="results_publication"),
    path("results/highlights/", highlights.page, name="results_highlights"),
    path("results/new/", choosing.agreements, name="result_choose"),
    path("results/new/<slug:public_id>/", choosing.initiatives, name="result_choose_initiative"),
    path("results/new/<slug:public_id>/unlisted/", choosing.unlisted, name="result_unlisted"),
    path("initiatives/<slug:public_id>/results/new/", verbs.new, name="result_new"),
    path("results/<slug:public_id>/", views.page, name="result"),
    path("results/<slug:public_id>/confirm/", verbs.confirm, name="result_confirm"),
    path("results/<slug:public_id>/send-back/", verbs.send_back, name="result_send_back"),
    path("results/<slug:public_id>/correct/", verbs.correct, name="result_correct"),
    path("results/<slug:public_id>/take-back/", verbs.take_back, name="result_take_back"),
    path("results/<slug:public_id>/publish/", publication.propose, name="result_propose"),
    path("results/<slug:public_id>/withdraw/", publication.withdraw, name="result_withdraw"),
    path("results/<slug:public_id>/papers/new/", papers.add, name="result_paper_new"),
    path("results/<slug:public_id>/papers/<slug:document_id>/", papers.paper, name="result_paper"),
    path(
        "results/<slug:public_id>/papers/<slug:document_id>/thumbnail/",
        papers.thumbnail,
        name="result_paper_thumbnail",
    ),
    path(
        "results/<slug:public_id>/papers/<slug:document_id>/remove/",
        papers.remove,
        name="result_paper_remove",
    ),
]
