"""Addresses of the work under agreements."""

from django.urls import path

from renkei.desk.initiatives import views

urlpatterns = [path("initiatives/", views.listing, name="initiatives")]
