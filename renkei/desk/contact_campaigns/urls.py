"""Addresses of the yearly check of contacts."""

from django.urls import path

from renkei.desk.contact_campaigns import checks, days, views

CAMPAIGN = "contact-campaigns/<slug:public_id>/"
CHECK = "contact-checks/<slug:public_id>/"

urlpatterns = [
    path("contact-campaigns/", views.listing, name="contact_campaigns"),
    path("contact-campaigns/new/", views.new, name="contact_campaign_new"),
    path(CAMPAIGN, views.page, name="contact_campaign"),
    path(f"{CAMPAIGN}remind/", views.remind, name="contact_campaign_remind"),
    path(f"{CAMPAIGN}close/", views.close, name="contact_campaign_close"),
    path(f"{CAMPAIGN}due/", days.due, name="contact_campaign_due"),
    path(f"{CAMPAIGN}reopen/", days.reopen, name="contact_campaign_reopen"),
    path(f"{CAMPAIGN}join/", views.join, name="contact_campaign_join"),
    path(f"{CAMPAIGN}papers/", views.papers, name="contact_campaign_papers"),
    path(CHECK, checks.page, name="contact_check"),
    path(f"{CHECK}send/", checks.send, name="contact_check_send"),
    path(f"{CHECK}call/", checks.call, name="contact_check_call"),
    path(f"{CHECK}unreachable/", checks.unreachable, name="contact_check_unreachable"),
    path(f"{CHECK}answer/", checks.answer, name="contact_check_answer"),
    path(f"{CHECK}pdf/", checks.pdf, name="contact_check_pdf"),
    path(f"{CHECK}word/", checks.word, name="contact_check_word"),
    path(f"{CHECK}scan/", checks.scan, name="contact_check_scan"),
]
