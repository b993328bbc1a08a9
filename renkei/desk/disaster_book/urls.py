"""Addresses of the disaster book."""

from django.urls import path

from renkei.desk.disaster_book import views

urlpatterns = [
    path("book/", views.listing, name="disaster_book"),
    path("book/make/", views.make, name="disaster_book_make"),
    path("book/<str:public_id>.pdf", views.pdf, name="disaster_book_pdf"),
]
