"""Addresses of the staff's door."""

from django.urls import include, path

from renkei.desk import drafts
from renkei.desk.administration import views as administration
from renkei.desk.agreements import (
    creating,
    detaching,
    documents,
    editing,
    from_document,
    parties,
    term_amend,
    term_others,
    term_verbs,
)
from renkei.desk.agreements import downloads as agreement_downloads
from renkei.desk.agreements import views as agreements
from renkei.desk.bulk import views as bulk
from renkei.desk.campaigns import urls as campaigns
from renkei.desk.capabilities import urls as capabilities
from renkei.desk.clauses import urls as clauses
from renkei.desk.contact_campaigns import urls as contact_campaigns
from renkei.desk.disaster_book import urls as disaster_book
from renkei.desk.disasters import urls as disasters
from renkei.desk.divisions import plans as reorganisations
from renkei.desk.divisions import views as divisions
from renkei.desk.divisions import ways as reorganisation_ways
from renkei.desk.drills import urls as drills
from renkei.desk.due import views as due
from renkei.desk.emergency_contacts import urls as emergency_contacts
from renkei.desk.evaluations import urls as evaluations
from renkei.desk.field import urls as field
from renkei.desk.figures import urls as figures
from renkei.desk.handovers import views as handovers
from renkei.desk.history import views as history
from renkei.desk.incidents import urls as incidents
from renkei.desk.initiatives import urls as initiatives
from renkei.desk.layouts import views as layouts
from renkei.desk.ledgers import moves as ledger_moves
from renkei.desk.ledgers import views as ledgers
from renkei.desk.meetings import urls as regular_meetings
from renkei.desk.papers import urls as papers
from renkei.desk.partners import merging
from renkei.desk.partners import people as partner_people
from renkei.desk.partners import verbs as partner_verbs
from renkei.desk.partners import views as partners
from renkei.desk.people import new as people_new
from renkei.desk.people import transfers as people_transfers
from renkei.desk.people import verbs as people_verbs
from renkei.desk.people import views as people
from renkei.desk.procedures import urls as procedures
from renkei.desk.publications import urls as publications
from renkei.desk.register import views as register
from renkei.desk.reminders import calendars, outbox
from renkei.desk.reminders import settings as reminder_settings
from renkei.desk.results import urls as results
from renkei.desk.retention import holding as retention_holding
from renkei.desk.retention import views as retention
from renkei.desk.series import adding
from renkei.desk.series import papers as series_papers
from renkei.desk.series import views as series
from renkei.desk.session import confirming, idle, links, outside, person, policy, security, sign_in
from renkei.desk.session import views as session
from renkei.desk.situation import urls as situation
from renkei.desk.stories import urls as stories

app_name = "desk"

urlpatterns = [
    path("", session.home, name="home"),
    path("sign-in/", sign_in.page, name="sign_in"),
    path("sign-in/second/", sign_in.second, name="sign_in_second"),
    path("sign-in/passkey/", sign_in.passkey, name="sign_in_passkey"),
    path("sign-in/passkey/asked/", sign_in.passkey_asked, name="sign_in_passkey_asked"),
    path("sign-in/provider/", outside.provider_ask, name="sign_in_provider"),
    path("sign-in/provider/back/", outside.provider_back, name="sign_in_provider_back"),
    path("sign-in/saml/", outside.saml_ask, name="sign_in_saml"),
    path("sign-in/saml/answer/", outside.saml_answer, name="sign_in_saml_answer"),
    path("sign-in/saml/back/", outside.saml_back, name="sign_in_saml_back"),
    path("sign-in/saml/metadata.xml", outside.saml_metadata, name="sign_in_saml_metadata"),
    path("sign-in/forgotten/", links.forgotten, name="sign_in_forgotten"),
    path("sign-in/policy/", policy.page, name="sign_in_policy"),
    path("sign-in/links/<str:token>/", links.page, name="sign_in_link"),
    path("sign-in/links/<str:token>/asked/", links.passkey_asked, name="sign_in_link_asked"),
    path("session/left/", idle.left, name="session_left"),
    path("session/extend/", idle.extend, name="session_extend"),
    path("security/", security.page, name="security"),
    path("security/confirm/", confirming.page, name="security_confirm"),
    path("security/password/", security.password, name="security_password"),
    path("security/app/", security.app, name="security_app"),
    path("security/app/remove/", security.app_remove, name="security_app_remove"),
    path("security/passkeys/", security.passkey, name="security_passkey"),
    path("security/passkeys/asked/", security.passkey_asked, name="security_passkey_asked"),
    path("security/passkeys/<slug:public_id>/", security.passkey_remove, name="security_passkey_remove"),
    path("security/codes/", security.codes, name="security_codes"),
    path("security/sittings/others/", security.others_end, name="security_others_end"),
    path("security/sittings/<slug:public_id>/", security.sitting_end, name="security_sitting_end"),
    path("people/<slug:public_id>/sign-in/", person.page, name="person_sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("administration/", administration.page, name="administration"),
    path("procedures/", include(procedures.urlpatterns)),
    path("", include(papers.urlpatterns)),
    path("", include(clauses.urlpatterns)),
    path("", include(initiatives.urlpatterns)),
    path("", include(evaluations.urlpatterns)),
    path("", include(regular_meetings.urlpatterns)),
    path("", include(publications.urlpatterns)),
    path("", include(results.urlpatterns)),
    path("", include(campaigns.urlpatterns)),
    path("", include(stories.urlpatterns)),
    path("disasters/", include(disasters.urlpatterns)),
    path("disasters/", include(capabilities.urlpatterns)),
    path("disasters/", include(emergency_contacts.urlpatterns)),
    path("disasters/", include(contact_campaigns.urlpatterns)),
    path("disasters/", include(incidents.urlpatterns)),
    path("disasters/", include(situation.urlpatterns)),
    path("disasters/", include(field.urlpatterns)),
    path("disasters/", include(disaster_book.urlpatterns)),
    path("disasters/", include(drills.urlpatterns)),
    path("agreements/", agreements.listing, name="agreements"),
    path("agreements.<str:kind>", agreement_downloads.download, name="agreements_download"),
    path("agreements/new/", creating.new, name="agreement_new"),
    path("agreements/new/from-document/", from_document.listing, name="agreement_from_document"),
    path("agreements/new/from-document/<slug:document_id>/", from_document.brought, name="agreement_brought"),
    path(
        "agreements/new/from-document/<slug:document_id>/file/",
        from_document.file,
        name="agreement_brought_file",
    ),
    path(
        "agreements/new/from-document/<slug:document_id>/drop/",
        from_document.dropped,
        name="agreement_brought_drop",
    ),
    path("agreements/<slug:public_id>/", agreements.page, name="agreement"),
    path("agreements/<slug:public_id>/edit/", editing.edit, name="agreement_edit"),
    path("agreements/<slug:public_id>/correct/", editing.correct, name="agreement_correct"),
    path(
        "agreements/<slug:public_id>/documents/<slug:document_id>/detach/",
        detaching.detach,
        name="agreement_detach",
    ),
    path("drafts/", drafts.drafts, name="drafts"),
    path("agreements/<slug:public_id>/publish/", agreements.publish, name="agreement_publish"),
    path("agreements/<slug:public_id>/attach/", agreements.attach, name="agreement_attach"),
    path("agreements/<slug:public_id>/end/", agreements.end, name="agreement_end"),
    path("agreements/<slug:public_id>/reopen/", term_verbs.reopen, name="agreement_reopen"),
    path("agreements/<slug:public_id>/renew/", term_verbs.renew, name="agreement_renew"),
    path("agreements/<slug:public_id>/let-renew/", term_verbs.let_renew, name="agreement_let_renew"),
    path("agreements/<slug:public_id>/decline/", term_verbs.decline, name="agreement_decline"),
    path(
        "agreements/<slug:public_id>/undo-decision/", term_verbs.undo_decision, name="agreement_undo_decision"
    ),
    path("agreements/<slug:public_id>/amend/", term_amend.amend, name="agreement_amend"),
    path("agreements/<slug:public_id>/undo-amendment/", term_amend.undo, name="agreement_undo_amendment"),
    path("agreements/<slug:public_id>/supersede/", term_others.supersede, name="agreement_supersede"),
    path("agreements/<slug:public_id>/relate/", term_others.relate, name="agreement_relate"),
    path("agreements/<slug:public_id>/unrelate/", term_others.unrelate, name="agreement_unrelate"),
    path("due/", due.page, name="due"),
    path("due/decide/", due.decide, name="due_decide"),
    path("due/acts/<slug:public_id>/", due.act, name="due_act"),
    path("agreements/<slug:public_id>/documents/<slug:document_id>/", documents.document, name="document"),
    path(
        "agreements/<slug:public_id>/documents/<slug:document_id>/thumbnail/",
        documents.thumbnail,
        name="document_thumbnail",
    ),
    path("agreements/<slug:public_id>/join/", parties.join, name="agreement_join"),
    path("agreements/<slug:public_id>/leave/", parties.leave, name="agreement_leave"),
    path("agreements/<slug:public_id>/parties/<int:position>/stay/", parties.stay, name="agreement_stay"),
    path("bulk/", bulk.listing, name="bulk_list"),
    path("bulk/select/", bulk.select, name="bulk"),
    path("bulk/change/<str:fact>/", bulk.change, name="bulk_change"),
    path("bulk/<slug:public_id>/", bulk.undo, name="bulk_undo"),
    path("series/", series.listing, name="series_list"),
    path("series/new/", series.new, name="series_new"),
    path("series/<slug:public_id>/", series.page, name="series"),
    path("series/<slug:public_id>/edit/", series.edit, name="series_edit"),
    path("series/<slug:public_id>/add/", adding.add, name="series_add"),
    path("series/<slug:public_id>/document/", series.document, name="series_document"),
    path("series/<slug:public_id>/papers/", series_papers.papers, name="series_papers"),
    path("series/<slug:public_id>/papers/<slug:order_id>/", series_papers.order, name="series_papers_order"),
    path(
        "series/<slug:public_id>/papers/<slug:order_id>/again/",
        series_papers.again,
        name="series_papers_again",
    ),
    path(
        "series/<slug:public_id>/papers/<slug:order_id>/zip/", series_papers.archive, name="series_papers_zip"
    ),
    path(
        "series/<slug:public_id>/papers/<slug:order_id>/print/",
        series_papers.printout,
        name="series_papers_print",
    ),
    path(
        "series/<slug:public_id>/additions/<slug:addition_id>/undo/",
        adding.take_back,
        name="series_take_back",
    ),
    path(
        "series/<slug:public_id>/agreements/<slug:agreement_id>/out/", series.take_out, name="series_take_out"
    ),
    path("layouts/", layouts.listing, name="layouts"),
    path("layouts/new/", layouts.new, name="layout_new"),
    path("layouts/<slug:public_id>/", layouts.edit, name="layout"),
    path("layouts/<slug:public_id>/forget/", layouts.forget, name="layout_forget"),
    path("partners/", partners.listing, name="partners"),
    path("partners/candidates/", merging.listing, name="partner_candidates"),
    path("partners/<slug:public_id>/", partners.page, name="partner"),
    path("partners/<slug:public_id>/people/", partner_people.page, name="partner_people"),
    path("partners/<slug:public_id>/edit/", partner_verbs.edit, name="partner_edit"),
    path("partners/<slug:public_id>/rename/", partner_verbs.rename, name="partner_rename"),
    path("partners/<slug:public_id>/gone/", partner_verbs.partner_gone, name="partner_gone"),
    path("partners/<slug:public_id>/revive/", partner_verbs.revive, name="partner_revive"),
    path("partners/<slug:public_id>/merge/", merging.choose, name="partner_choose"),
    path("partners/<slug:public_id>/merge/<slug:other_id>/", merging.merge, name="partner_merge"),
    path("partners/<slug:public_id>/merges/<slug:merge_id>/undo/", merging.part, name="partner_part"),
    path("divisions/", divisions.listing, name="divisions"),
    path("divisions/<slug:public_id>/", divisions.page, name="division"),
    path("reorganisations/", reorganisations.listing, name="reorganisations"),
    path("reorganisations/new/", reorganisations.new, name="reorganisation_new"),
    path("reorganisations/<slug:public_id>/", reorganisations.page, name="reorganisation"),
    path(
        "reorganisations/<slug:public_id>/add/<slug:kind>/", reorganisations.step, name="reorganisation_step"
    ),
    path(
        "reorganisations/<slug:public_id>/remove/<int:place>/",
        reorganisations.remove_step,
        name="reorganisation_remove",
    ),
    path(
        "reorganisations/<slug:public_id>/ways/<slug:division_id>/",
        reorganisation_ways.page,
        name="reorganisation_ways",
    ),
    path("reorganisations/<slug:public_id>/decide/", reorganisations.decide, name="reorganisation_decide"),
    path(
        "reorganisations/<slug:public_id>/withdraw/", reorganisations.withdraw, name="reorganisation_withdraw"
    ),
    path("handovers/", handovers.listing, name="handovers"),
    path("handovers/new/", handovers.new, name="handover_new"),
    path("handovers/<slug:public_id>/", handovers.page, name="handover"),
    path("handovers/<slug:public_id>/word/", handovers.word, name="handover_word"),
    path("handovers/<slug:public_id>/hand-over/", handovers.hand_over, name="handover_hand_over"),
    path("handovers/<slug:public_id>/accept/", handovers.accept, name="handover_accept"),
    path("handovers/<slug:public_id>/send-back/", handovers.send_back, name="handover_send_back"),
    path("handovers/<slug:public_id>/withdraw/", handovers.withdraw, name="handover_withdraw"),
    path("retention/", retention.listing, name="retention"),
    path("retention/rules/", retention.rules, name="retention_rules"),
    path("retention/certificates/", retention.certificates, name="certificates"),
    path("retention/certificates/<slug:public_id>/", retention.certificate, name="certificate"),
    path("retention/<slug:public_id>/", retention.disposal, name="disposal"),
    path("retention/<slug:public_id>/decide/", retention.decide, name="disposal_decide"),
    path("agreements/<slug:public_id>/hold/", retention_holding.hold, name="agreement_hold"),
    path("agreements/<slug:public_id>/lift/", retention_holding.lift, name="agreement_lift"),
    path("history/", history.listing, name="history"),
    path("history.<str:kind>", history.download, name="history_download"),
    path("history/verify/", history.verification, name="history_verify"),
    path("history/<int:number>/", history.entry, name="history_entry"),
    path("reminders/settings/", reminder_settings.reminder_settings, name="reminder_settings"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<slug:public_id>/", outbox.letter, name="letter"),
    path("outbox/<slug:public_id>/resend/", outbox.letter_resend, name="letter_resend"),
    path("outbox/<slug:public_id>/cancel/", outbox.letter_cancel, name="letter_cancel"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/digest/", calendars.digest_choice, name="digest_choice"),
    path("calendars/renew/", calendars.calendar_renew, name="calendar_renew"),
    path("calendars/<slug:public_id>/<slug:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("people/", people.listing, name="people"),
    path("people/new/", people_new.page, name="person_new"),
    path("people/<slug:public_id>/", people.person, name="person"),
    path("people/<slug:public_id>/edit/", people_verbs.edit, name="person_edit"),
    path("people/<slug:public_id>/deputy/", people_verbs.deputy, name="person_deputy"),
    path("people/<slug:public_id>/leave/", people_verbs.leave, name="person_leave"),
    path("people/<slug:public_id>/stay/", people_verbs.stay, name="person_stay"),
    path("people/<slug:public_id>/roles/new/", people_verbs.role_new, name="person_role_new"),
    path(
        "people/<slug:public_id>/roles/<int:role_id>/change/",
        people_verbs.role_change,
        name="person_role_change",
    ),
    path("people/<slug:public_id>/roles/<int:role_id>/end/", people_verbs.role_end, name="person_role_end"),
    path(
        "people/<slug:public_id>/roles/<int:role_id>/drop/", people_verbs.role_drop, name="person_role_drop"
    ),
    path("rights/", people.rights, name="rights"),
    path("rights.csv", people.rights_csv, name="rights_csv"),
    path("transfers/", people_transfers.listing, name="transfers"),
    path("transfers/<slug:public_id>/", people_transfers.page, name="transfer"),
    path("transfers/<slug:public_id>/mend/", people_transfers.mend, name="transfer_mend"),
    path("transfers/<slug:public_id>/decide/", people_transfers.decide, name="transfer_decide"),
    path("transfers/<slug:public_id>/undo/", people_transfers.undo, name="transfer_undo"),
    path("register/", register.page, name="register"),
    path("", include(figures.urlpatterns)),
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
