"""Addresses of coming in, of one's own settings, and of a partner's people."""

from django.urls import path

from renkei.counter.entry import entering, people, security, views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:code>/enter/", entering.enter, name="enter"),
    path("<slug:code>/enter/sent/", entering.sent, name="enter_sent"),
    path("<slug:code>/enter/password/", entering.password, name="enter_password"),
    path("<slug:code>/enter/passkey/", entering.passkey, name="enter_passkey"),
    path("<slug:code>/enter/passkey/asked/", entering.passkey_asked, name="enter_passkey_asked"),
    path("<slug:code>/enter/links/<str:token>/", entering.link, name="enter_link"),
    path("<slug:code>/leave/", entering.out, name="leave"),
    path("<slug:code>/about/", security.about, name="about"),
    path("<slug:code>/security/", security.page, name="security"),
    path("<slug:code>/security/password/", security.password, name="security_password"),
    path("<slug:code>/security/passkeys/", security.passkey, name="security_passkey"),
    path("<slug:code>/security/passkeys/asked/", security.passkey_asked, name="security_passkey_asked"),
    path(
        "<slug:code>/security/passkeys/<slug:public_id>/",
        security.passkey_remove,
        name="security_passkey_remove",
    ),
    path("<slug:code>/security/others/", security.others_end, name="security_others_end"),
    path("<slug:code>/colleagues/", people.listing, name="colleagues"),
    path("<slug:code>/colleagues/<slug:public_id>/", people.colleague, name="colleague"),
    path("<slug:code>/procedures/<slug:public_id>/people/", people.in_procedure, name="procedure_people"),
]
