"""Addresses of the partners' door."""

from django.urls import path

from renkei.counter import views

app_name = "counter"

urlpatterns = [path("", views.home, name="home")]
