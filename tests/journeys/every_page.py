"""Every page of the three doors with the demo town, from the address tables; a new address without a line fails."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from django.urls import reverse

from machine import addresses
from renkei.accounts.models import User
from renkei.agreements.models import Agreement, BulkChange, Series
from renkei.agreements.services import attach
from renkei.demo.services import build
from renkei.handovers.services import prepare
from renkei.ledger.models import Batch, Outcome, Row
from renkei.municipalities.models import Division, Municipality
from renkei.people.services.invitations import new_link
from renkei.people.services.plans import add_step, plan
from renkei.people.services.transfers import bring
from renkei.people.steps import StepKind
from renkei.reminders.daily import do_day
from renkei.reminders.models import Letter, LetterState
from renkei.retention.models import Subject
from renkei.retention.questions import due
from renkei.retention.services import approve, propose, set_rule
from renkei.search.layouts import Column
from renkei.search.models import Layout
from renkei.search.services import keep as keep_layout

NOT_PAGES = {
    "history_download",
    "handover_word",
    "rights_csv",
    "agreements_download",
    "agreement_json",
    "document",
    "document_thumbnail",
    "series_document",
    "register_json",
    "register_csv",
    "ledger_report",
    "calendar_feed",
    "session_left",
    "sign_in_forgotten",
    "sign_in_provider_back",
    "sign_in_saml_back",
    "sign_in_saml_metadata",
}
ONLY_SENT = {
    "disposal_decide",
    "layout_forget",
    "reorganisation_remove",
    "reorganisation_decide",
    "handover_hand_over",
    "handover_accept",
    "handover_send_back",
    "handover_withdraw",
    "transfer_decide",
    "transfer_undo",
    "agreement_unrelate",
    "letter_resend",
    "letter_cancel",
    "digest_choice",
    "calendar_renew",
    "agreement_stay",
    "partner_part",
    "series_take_back",
    "series_take_out",
    "sign_out",
    "agreement_publish",
    "agreement_detach",
    "ledger_commit",
    "ledger_undo",
    "ledger_stop",
    "ledger_title",
    "session_extend",
    "security_others_end",
    "security_passkey_asked",
    "security_passkey_remove",
    "security_sitting_end",
    "sign_in_link_asked",
    "sign_in_passkey",
    "sign_in_passkey_asked",
    "sign_in_provider",
    "sign_in_saml",
    "sign_in_saml_answer",
}
PERSON = (
    "person", "person_edit", "person_deputy", "person_leave", "person_stay", "person_role_new",
)  # fmt: skip
PER_ROLE = ("change", "end", "drop")
TERM_VERBS = (
    "reopen", "renew", "let_renew", "decline", "undo_decision", "amend", "undo_amendment", "supersede", "relate",
)  # fmt: skip
STATES = {
    "desk": [
        "/desk/agreements/?q=防災&field=disaster&on=R6.6.1&since=R5.6.2",
        "/desk/agreements/?q=どこにもない言葉&form=scheme",
        "/desk/agreements/?on=いつか&q=水",
        "/desk/agreements/?page=3&order=kana",
        "/desk/partners/?q=どこにもない",
        "/desk/divisions/?on=2018-06-01",
        "/desk/due/?within=180&kind=notice",
        "/desk/due/?until=いつか",
        "/desk/due/?within=30&kind=end&state=decided",
        "/desk/outbox/?state=failed",
        "/desk/outbox/?state=cancelled",
        "/desk/people/?q=どこにもない&on=R8.3.1",
        "/desk/people/?state=all&role=responsible",
        "/desk/transfers/tr0000000001/",
        "/desk/history/?q=防災&since=R6.4.1",
        "/desk/history/?q=どこにもない言葉",
        "/desk/history/?since=いつか",
        "/desk/retention/?subject=names",
        "/desk/retention/?on=R20.4.1",
        "/desk/nowhere/",
    ],
    "portal": [
        "/agreements/?q=災害 物資&state=in_force&on=2024-06-01",
        "/agreements/?q=どこにもない言葉",
        "/agreements/?on=いつか&since=そのうち",
        "/partners/?q=医師会",
        "/nowhere/",
    ],
    "counter": [],
}


def the_town() -> dict[str, list[object]]:
    """The demo town with a document and a waiting ledger; what the addresses are filled with."""
    town = build()
    agreement = Agreement.objects.of(town).get(public_id="003400000001")
    attach(agreement, b"%PDF-1.7", name="協定書の写し.pdf", actor=None, label="写し", is_published=True)
    batch = Batch.objects.create(
        municipality=town,
        file_name="台帳.csv",
        listed_on=date(2024, 4, 1),
        total=1,
        content=ContentFile(b"x", "x.csv"),
    )
    Row.objects.create(
        batch=batch, position=1, row=2, outcome=Outcome.WAITING, title="待つ行", reason="相手方が空です。"
    )
    division = Division.objects.of(town).get(name="防災課")
    series = Series.objects.of(town).first()
    partners = [one.partners[0].organisation.public_id for one in series.agreements.order_by("pk")[:2]]
    clerk = User.objects.get(sign_in_name="sokatsu")
    bulk = BulkChange.objects.create(
        municipality=town,
        actor=clerk,
        fact="form",
        rows=[{"agreement": agreement.public_id, "title": agreement.title, "version": 1}],
    )
    decided = BulkChange.objects.create(
        municipality=town,
        actor=clerk,
        fact="renewal_decisions",
        rows=[{"agreement": agreement.public_id, "title": agreement.title, "term_ends_on": "2027-03-31",
               "decision": "let_renew", "refusal": "", "left": ""}],
    )  # fmt: skip
    person = User.objects.of(town).get(sign_in_name="kenko2")
    rows = [["氏名", "異動後の課"], ["見本 緑", "防災課"], ["見本 福", "退職"], ["見本 謎", "宇宙課"]]
    transfer = bring(town, rows, title="次の異動.xlsx", starts_on=date(2027, 4, 1), actor=None)
    return {
        "agreement": [agreement.public_id],
        "agreement_attach": [agreement.public_id],
        "agreement_end": [agreement.public_id],
        "agreement_edit": [agreement.public_id],
        "agreement_correct": [agreement.public_id],
        "agreement_join": [agreement.public_id],
        **{f"agreement_{verb}": [agreement.public_id] for verb in TERM_VERBS},
        "due_act": [decided.public_id],
        "agreement_leave": [agreement.public_id],
        "partner": [agreement.partners[0].organisation.public_id],
        **{f"partner_{verb}": partners[:1] for verb in ("edit", "rename", "gone", "revive", "choose")},
        "partner_merge": partners,
        **{name: [series.public_id] for name in ("series", "series_edit", "series_add")},
        "bulk_change": ["form"],
        "bulk_undo": [bulk.public_id],
        "division": [division.public_id],
        "history_entry": [1],
        "agreement_hold": [agreement.public_id],
        "agreement_lift": [agreement.public_id],
        **a_disposal(clerk),
        **a_reorganisation_and_a_handover(division, clerk),
        **{name: [person.public_id] for name in PERSON},
        **{f"person_role_{verb}": [person.public_id, person.assignments.first().pk] for verb in PER_ROLE},
        "transfer": [transfer.public_id],
        "transfer_mend": [transfer.public_id],
        "town": [town.code],
        "person_sign_in": [person.public_id],
        "sign_in_link": [new_link(person, actor=None, at=datetime.now(UTC)).token],
        "letter": [the_outbox(town)],
        "layout": [a_layout(clerk).public_id],
        "ledger": [batch.public_id],
        "ledger_columns": [batch.public_id],
        "ledger_row": [batch.public_id, 1],
    }


def a_layout(clerk: User) -> Layout:
    """The office's own columns."""
    columns = [Column("協定名", "協定の名称"), Column("相手方", "締結先")]
    return keep_layout("庁内台帳", columns, municipality=clerk.municipality, actor=clerk)


def a_disposal(clerk: User) -> dict[str, list[object]]:
    """One agreement that was disposed of, and one that waits for the approval; what their addresses are filled with."""
    day, now = date(2026, 11, 26), datetime(2026, 11, 26, 3, tzinfo=UTC)
    set_rule(clerk.municipality, "individual", 5, reason="文書管理規程", actor=clerk)
    made = []
    for agreement in due(Subject.RECORDS, clerk.municipality, day)[:2]:
        ids = [agreement.public_id]
        made.append(propose(Subject.RECORDS, ids, reason="保存期間の満了", actor=clerk, day=day, at=now))
    other = User.objects.get(sign_in_name="kanri")
    (certificate,) = approve(made[0], actor=other, day=day, at=now)
    return {"disposal": [made[1].public_id], "certificate": [certificate.public_id]}


def a_reorganisation_and_a_handover(division: Division, clerk: User) -> dict[str, list[object]]:
    """A plan that splits the division, and what the division hands over; what their addresses are filled with."""
    made = plan("次の機構改革", on=date(2028, 4, 1), municipality=division.municipality, actor=clerk)
    words = ["防災安全部 危機管理課", "防災安全部 地域防災課"]
    add_step(made, StepKind.SPLIT, divisions=[division.public_id], into=words, actor=clerk)
    handover = prepare(giver=clerk, division=division, receiver=clerk, on=made.on, actor=clerk)
    return {
        "reorganisation": [made.public_id],
        "reorganisation_step": [made.public_id, "merge"],
        "reorganisation_ways": [made.public_id, division.public_id],
        "reorganisation_withdraw": [made.public_id],
        "handover": [handover.public_id],
    }


def the_outbox(town: Municipality) -> str:
    """The outbox after a day's work, with a letter that could not go; which one that is."""
    do_day(town, date(2026, 11, 26), datetime(2026, 11, 26, 6, tzinfo=UTC))
    letter = Letter.objects.of(town).earliest("pk")
    letter.state, letter.error = LetterState.FAILED, "メールサーバーが断りました(550 5.1.1)。"
    letter.save()
    return letter.public_id


def pages_of(door: str, filled: dict[str, list[object]]) -> list[str]:
    """The addresses of a door's pages, and of its states that an address alone does not show."""
    names = [name for _address, name in addresses.listed()[door] if name not in NOT_PAGES | ONLY_SENT]
    return [reverse(f"{door}:{name}", args=filled.get(name, [])) for name in names] + STATES[door]
