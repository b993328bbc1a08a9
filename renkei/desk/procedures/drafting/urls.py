"""Addresses of drafting: planned initiatives, and the versions of text and list."""

from django.urls import path

from renkei.desk.procedures.drafting import files, initiatives, showing, term, texts, versions

urlpatterns = [
    path("<slug:public_id>/initiatives/", initiatives.listing, name="procedure_initiatives"),
    path("<slug:public_id>/initiatives/new/", initiatives.new, name="procedure_initiative_new"),
    path("<slug:public_id>/initiatives/write/", initiatives.write, name="procedure_list_write"),
    path("<slug:public_id>/initiatives/<slug:one>/", initiatives.edit, name="procedure_initiative_edit"),
    path("<slug:public_id>/initiatives/<slug:one>/do/", initiatives.act, name="procedure_initiative_act"),
    path("<slug:public_id>/drafts/", versions.listing, name="procedure_drafts"),
    path("<slug:public_id>/drafts/new/", texts.first, name="procedure_text_new"),
    path("<slug:public_id>/drafts/compare/", versions.compare, name="procedure_draft_compare"),
    path("<slug:public_id>/drafts/compare/word/", files.redline, name="procedure_draft_redline"),
    path("<slug:public_id>/drafts/<slug:one>/", versions.page, name="procedure_draft"),
    path("<slug:public_id>/drafts/<slug:one>/plain/", versions.plain, name="procedure_draft_plain"),
    path("<slug:public_id>/drafts/<slug:one>/word/", files.word, name="procedure_draft_word"),
    path("<slug:public_id>/drafts/<slug:one>/pdf/", files.pdf, name="procedure_draft_pdf"),
    path("<slug:public_id>/drafts/<slug:one>/show/", showing.page, name="procedure_draft_show"),
    path("<slug:public_id>/drafts/<slug:one>/edit/", texts.edit, name="procedure_text_edit"),
    path("<slug:public_id>/drafts/<slug:one>/term/", term.page, name="procedure_term"),
]
