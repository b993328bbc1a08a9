"""Addresses of the library of clauses and of the agreements' templates; fixed words come before a record's id."""

from django.urls import path

from renkei.desk.clauses import agreements, views

urlpatterns = [
    path("clauses/", views.listing, name="clauses"),
    path("clauses/new/", views.new, name="clause_new"),
    path("clauses/agreements/", agreements.listing, name="text_templates"),
    path("clauses/agreements/<slug:subject>/", agreements.page, name="text_template"),
    path("clauses/agreements/<slug:subject>/word/", agreements.word, name="text_template_word"),
    path("clauses/<slug:public_id>/", views.edit, name="clause_edit"),
    path("clauses/<slug:public_id>/retire/", views.retire, name="clause_retire"),
]
