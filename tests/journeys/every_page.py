"""Every page of the three doors with the demo town, from the address tables; a new address without a line fails."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from django.urls import reverse

from machine import addresses
from renkei.accounts.models import User
from renkei.agreements.models import Agreement, BulkChange, Series
from renkei.agreements.services import attach
from renkei.correspondents.links import make_link, token_of
from renkei.correspondents.models import Correspondent, Purpose
from renkei.demo.services import build
from renkei.handovers.services import prepare
from renkei.ledger.models import Batch, Outcome, Row
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation
from renkei.people.services.invitations import new_link
from renkei.people.services.plans import add_step, plan
from renkei.people.services.transfers import bring
from renkei.people.steps import StepKind
from renkei.procedures.services.answering import ItemWords, answer
from renkei.procedures.services.inquiring import inquire
from renkei.procedures.services.proposing import begin, enclose
from renkei.procedures.vocabulary import Stage
from renkei.reminders.daily import do_day
from renkei.reminders.models import Letter, LetterState
from renkei.retention.models import Subject
from renkei.retention.questions import due
from renkei.retention.services import approve, propose, set_rule
from renkei.search.layouts import Column
from renkei.search.models import Layout
from renkei.search.services import keep as keep_layout
from tests import work_town
from tests.brought_factories import a_brought_one, arguments_of_brought
from tests.desk.one_of_everything import made_papers
from tests.drafting_factories import a_drafted_one, arguments_of_drafting
from tests.procedure_factories import a_correspondent, a_procedure
from tests.returned_factories import a_returned_one, arguments_of_returned
from tests.review_factories import a_checked_procedure, arguments_of_check
from tests.signing_factories import a_signing
from tests.talk_factories import PRESSED, SECOND, a_talk

VISITOR = "visitor@example.com"
"""Who has come in to the counter."""

NOT_PAGES = {
    *("procedure_draft_plain", "procedure_draft_word", "procedure_draft_pdf", "procedure_draft_redline"),
    *("procedure_enclosure", "procedure_returned_file", "procedure_returned_redline"),
    *("procedure_signed_copy_file", "procedure_signed_copy", "procedure_paper", "agreement_paper"),
    *("procedures_download", "paper_ours", "paper_example", "paper_template", "text_template_word"),
    *("proposal_file", "history_download", "agreement_brought_file"),
    "procedure_matrix_xlsx",
    "handover_word",
    "rights_csv",
    "agreements_download",
    "agreement_json",
    "document",
    "document_thumbnail",
    *("series_document", "series_papers_zip", "series_papers_print"),
    *("register_json", "register_csv"),
    "ledger_report",
    "calendar_feed",
    "session_left",
    "sign_in_forgotten",
    "sign_in_provider_back",
    "sign_in_saml_back",
    "sign_in_saml_metadata",
}
ONLY_SENT = {
    *("procedure_initiative_act", "procedure_returned_decide", "procedure_returned_answer", *PRESSED),
    "agreement_brought_drop",
    "proposal_file_remove",
    *("leave", "colleague", "enter_passkey", "enter_passkey_asked", "inquiry_urge"),
    *("procedure_reviewer_strike", "procedure_review_comment", "procedure_review_accept"),
    "procedure_review_take_back",
    "procedure_comment_withdraw",
    *("disposal_decide", "layout_forget", "clause_retire", "reorganisation_remove", "reorganisation_decide"),
    *("handover_hand_over", "handover_accept", "handover_send_back", "handover_withdraw"),
    *("transfer_decide", "transfer_undo"),
    "agreement_unrelate",
    *("letter_resend", "letter_cancel"),
    "digest_choice",
    "calendar_renew",
    "agreement_stay",
    "partner_part",
    *("series_take_back", "series_take_out", "series_papers_again"),
    "sign_out",
    "agreement_publish",
    "agreement_detach",
    *("ledger_commit", "ledger_undo", "ledger_stop", "ledger_title"),
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
        "/desk/procedures/?step=drafting",
        "/desk/procedures/?state=ended",
        "/desk/procedures/?q=どこにもない",
        "/desk/procedures/durations/?step=whole",
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
    "counter": ["/counter/012041/enter/?again", "/counter/012041/nowhere/"],
}


OF_THE_DEMO_TOWN = {
    f"procedure_{page}": [f"pc00000000{number}"]
    for number, pages in {
        "10": ("initiatives", "reviews", "proposal"),
        "11": ("drafts", "draft_compare"),
        "12": ("meetings", "questions", "hearing", "items"),
        "13": ("inquiries", "matrix", "decision_paper", "checks"),
    }.items()
    for page in pages
} | {"procedure": ["pc0000000010"]}
"""The fullest procedure of the demo town for each page that needs only the procedure."""


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
        "agreement_join": [agreement.public_id],
        **{f"agreement_{verb}": [agreement.public_id] for verb in (*TERM_VERBS, "papers", "edit", "correct")},
        **arguments_of_brought(a_brought_one(town, clerk)),
        "due_act": [decided.public_id],
        "agreement_leave": [agreement.public_id],
        "partner": [agreement.partners[0].organisation.public_id],
        "partner_people": [people_of(agreement.partners[0].organisation)],
        **{f"partner_{verb}": partners[:1] for verb in ("edit", "rename", "gone", "revive", "choose")},
        "partner_merge": partners,
        **{name: [series.public_id] for name in ("series", "series_edit", "series_add", "series_papers")},
        "series_papers_order": [series.public_id, made_papers(series).public_id],
        "bulk_change": ["form"],
        **{name: [one] for name, one in (("paper", "minutes"), ("text_template", "supplies"))},
        "bulk_undo": [bulk.public_id],
        "division": [division.public_id],
        "history_entry": [1],
        "agreement_hold": [agreement.public_id],
        "agreement_lift": [agreement.public_id],
        **a_disposal(clerk),
        **proposals_of(a_correspondent(email=VISITOR)),
        **talks_of(clerk, division),
        **a_signing(division, clerk, Correspondent.objects.of(town).get(email=VISITOR)),
        "procedure_begin": [agreement.public_id],
        **an_inquiry(clerk, division),
        **arguments_of_drafting(a_drafted_one(division, clerk)),
        **a_check(clerk, division),
        **arguments_of_returned(a_returned_one(division, Correspondent.objects.of(town).get(email=VISITOR))),
        **a_way(division),
        **OF_THE_DEMO_TOWN,
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
        **the_work(agreement, clerk),
    }


def the_work(agreement: Agreement, clerk: User) -> dict[str, list[object]]:
    """What the addresses about work under the agreement are filled with."""
    work = work_town.a_town_at_work(agreement, clerk)
    desk = {name: fill(work) for name, (_kind, fill) in work_town.DESK.items()}
    counter = {f"counter:{name}": fill(work) for name, fill in work_town.COUNTER.items()}
    portal = {name: fill(work) for name, fill in work_town.PORTAL.items()}
    return portal | desk | counter


def a_layout(clerk: User) -> Layout:
    """The office's own columns."""
    columns = [Column("協定名", "協定の名称"), Column("相手方", "締結先")]
    return keep_layout("庁内台帳", columns, municipality=clerk.municipality, actor=clerk)


def a_way(division: Division) -> dict[str, list[object]]:
    """A procedure that has gone a step and one that stands at the first; their pages and moves."""
    went = a_procedure(
        author=a_correspondent(email="way@example.com"), stage=Stage.DRAFTING, division=division
    )
    return {"procedure": [went.public_id], "procedure_move": [went.public_id, "send-back"]}


def a_check(clerk: User, division: Division) -> dict[str, list[object]]:
    """A procedure in the fifth step with an open round on both sides."""
    made = a_checked_procedure(division, clerk)
    pages = ("reviews", "review", "review_open", "review_end", "review_revise", "comment_resolve")
    names = [f"procedure_{page}" for page in (*pages, "reviewer_replace", "reviewer_heard")]
    return {name: arguments_of_check(name, made) for name in names}


def talks_of(clerk: User, division: Division) -> dict[str, list[object]]:
    """A procedure of the visitor's in the third step, at the desk and at the counter."""
    filled = a_talk(division, clerk, Correspondent.objects.of(clerk.municipality).get(email=VISITOR))
    (procedure,) = filled["procedure_meetings"]
    return {
        **filled,
        "counter:procedure_questions": [procedure],
        "counter:procedure_meetings": [procedure],
        "counter:procedure_question_answer": [procedure, SECOND],
    }


def proposals_of(visitor: Correspondent) -> dict[str, list[object]]:
    """A draft of the visitor's and a proposal that was sent; what the addresses of the counter are filled with."""
    town, at = visitor.municipality, datetime.now(UTC)
    draft = begin(town, author=visitor, at=at, public_id="draft0000001")
    enclose(draft, b"%PDF-1.7", name="企画書.pdf", at=at)
    sent = a_procedure(author=visitor)
    of_draft = ("proposal", "proposal_check", "proposal_drop", "proposal_files")
    return {
        "counter": [town.code, sent.public_id],
        "propose": [town.code],
        "procedure_proposal": [sent.public_id],
        **{f"counter:{name}": [draft.public_id] for name in of_draft},
        "counter:proposal_part": [draft.public_id, "content"],
        "counter:proposal_sent": [sent.proposal.public_id],
        "counter:enter_link": [token_of(make_link(visitor, Purpose.ENTER, at=at))],
    }


def people_of(partner: Organisation) -> str:
    """A partner with a responsible person, one whose access has ended and one who waits to be accepted; its id."""
    made = {"municipality": partner.municipality, "company": partner.name}
    a_correspondent(email="boss@example.com", organisation=partner, is_responsible=True, **made)
    a_correspondent(email="ended@example.com", organisation=partner, closed_at=datetime.now(UTC), **made)
    waiting = a_procedure(author=a_correspondent(email="waiting@example.com", **made))
    waiting.organisation = partner
    waiting.save()
    return partner.public_id


def an_inquiry(clerk: User, division: Division) -> dict[str, list[object]]:
    """A procedure in the second step with an inquiry to two divisions, of which one has answered."""
    author, at = a_correspondent(email="inquiry@example.com"), datetime.now(UTC)
    procedure = a_procedure(author=author, stage=Stage.COORDINATION, division=division)
    other = (
        Division.objects.of(clerk.municipality).existing_on(date(2027, 12, 1)).exclude(pk=division.pk).first()
    )
    inquiry = inquire(
        procedure, text="参加できますか。", items=list(procedure.items.all()), divisions=[division, other],
        due_on=date(2027, 12, 1), by=clerk, at=at, public_id="inquiry00001",
    )  # fmt: skip
    first, second = inquiry.divisions.all()
    said = {item: ItemWords("under_conditions", "予算の範囲内", "出前講座") for item in inquiry.items.all()}
    answer(first, said, person="見本 花子", remarks="冬は避けてほしい", by=clerk, at=at)
    pages = ("inquiries", "inquiry_new", "matrix", "decision_paper", "checks")
    of_division = ("answer", "more_time", "deadline", "take_back")
    of_inquiry = ("add", "close", "reopen")
    return {
        **{f"procedure_{page}": [procedure.public_id] for page in pages},
        **{f"inquiry_{page}": [second.public_id] for page in of_division},
        **{f"inquiry_{page}": [procedure.public_id, inquiry.public_id] for page in of_inquiry},
    }


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
    left_out = NOT_PAGES | ONLY_SENT | work_town.NOT_PAGES | work_town.ONLY_SENT
    pages = [page for page in addresses.listed()[door] if page[1] not in left_out]
    fill = at_the_counter if door == "counter" else (lambda _address, name, given: given.get(name, []))
    return [reverse(f"{door}:{name}", args=fill(address, name, filled)) for address, name in pages] + STATES[
        door
    ]


def at_the_counter(address: str, name: str, filled: dict[str, list[object]]) -> list[object]:
    """The town and, where the address has an id, the visitor's procedure, unless the address has a line of its own."""
    code, procedure = filled["counter"]
    if name_of_line := filled.get(f"counter:{name}"):
        return [code, *name_of_line]
    return [code, procedure][: address.count("‹")]
