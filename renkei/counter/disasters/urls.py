"""Addresses of what partners confirm and answer for disasters, by a link without an account."""

from django.urls import path

from renkei.counter.disasters import answering, checking, testing

urlpatterns = [
    path("<slug:code>/requests/<str:token>/", answering.answer, name="help_request_answer"),
    path("<slug:code>/contact-tests/<str:token>/", testing.page, name="contact_test"),
    path("<slug:code>/contacts/<str:token>/", checking.page, name="contact_check"),
    path("<slug:code>/contacts/<str:token>/change/", checking.change, name="contact_check_change"),
    path("<slug:code>/contacts/<str:token>/done/", checking.done, name="contact_check_done"),
    path("<slug:code>/contacts/<str:token>/paper/", checking.paper, name="contact_check_paper"),
]
