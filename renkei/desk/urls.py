"""Addresses of the staff's door."""

from django.urls import path

from renkei.desk.agreements import views as agreements
from renkei.desk.divisions import views as divisions
from renkei.desk.ledgers import moves as ledger_moves
from renkei.desk.ledgers import views as ledgers
from renkei.desk.partners import views as partners
from renkei.desk.register import views as register
from renkei.desk.session import views as session

app_name = "desk"

urlpatterns = [
    path("", session.home, name="home"),
    path("sign-in/", session.SignIn.as_view(), name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("agreements/", agreements.listing, name="agreements"),
    path("agreements.<str:kind>", agreements.download, name="agreements_download"),
    path("agreements/<slug:public_id>/", agreements.page, name="agreement"),
    path("agreements/<slug:public_id>/publish/", agreements.publish, name="agreement_publish"),
    path("agreements/<slug:public_id>/attach/", agreements.attach, name="agreement_attach"),
    path("agreements/<slug:public_id>/end/", agreements.end, name="agreement_end"),
    path("agreements/<slug:public_id>/documents/<slug:document_id>/", agreements.document, name="document"),
    path("partners/", partners.listing, name="partners"),
    path("partners/<slug:public_id>/", partners.page, name="partner"),
    path("divisions/", divisions.listing, name="divisions"),
    path("divisions/<slug:public_id>/", divisions.page, name="division"),
    path("register/", register.page, name="register"),
    path("register.json", register.download, {"kind": "json"}, name="register_json"),
    path("register.csv", register.download, {"kind": "csv"}, name="register_csv"),
    path("ledgers/", ledgers.listing, name="ledgers"),
    path("ledgers/<slug:public_id>/", ledgers.page, name="ledger"),
    path("ledgers/<slug:public_id>/columns/", ledgers.columns, name="ledger_columns"),
    path("ledgers/<slug:public_id>/rows/<int:position>/", ledgers.row, name="ledger_row"),
    path("ledgers/<slug:public_id>/title/", ledgers.title_for_waiting, name="ledger_title"),
    path("ledgers/<slug:public_id>/commit/", ledger_moves.commit, name="ledger_commit"),
    path("ledgers/<slug:public_id>/stop/", ledger_moves.stop, name="ledger_stop"),
    path("ledgers/<slug:public_id>/undo/", ledger_moves.undo, name="ledger_undo"),
    path("ledgers/<slug:public_id>/report.json", ledgers.report, name="ledger_report"),
]
