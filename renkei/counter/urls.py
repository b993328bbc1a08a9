"""Addresses of the partners' door."""

app_name = "counter"
urlpatterns: list = []
