"""Addresses of everyone's door."""

app_name = "portal"
urlpatterns: list = []
