"""The drafting pages at the desk: from agreed items to a first text, edited by article, read, compared, listed."""

from dataclasses import replace

import pytest
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.agreements.proposing import proposal
from renkei.documents.contents import AgreementText, AttachedTable
from renkei.documents.sheets import items_in, plain_text
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import DraftVersion, Procedure
from renkei.procedures.vocabulary import DraftKind, Kind
from renkei.rules.japanese_calendar import PartialDay
from tests.drafting_factories import HEADINGS, a_drafted_one, a_procedure_to_draft, a_text
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_correspondent

pytestmark = pytest.mark.django_db

CHOICES = {
    "title": "見本市と見本製薬株式会社との包括連携に関する協定書", "order": "partner", "town_address": "見本市七条通",
    "town_signatory": "見本市長　見本 一郎", "partner_name": "見本製薬株式会社", "partner_address": "",
    "partner_signatory": "代表取締役　見本 花子", "purpose": "健康を守る", "articles": ["costs", "gangs"], "term": "years",
    "years": "３", "last_day": "", "renewal": "automatic", "renewal_months": "12", "notice_months": "6", "copies": "2",
    "note": "",
}  # fmt: skip


def page(name: str, procedure: Procedure, *ids: str) -> str:
    return reverse(f"desk:procedure_{name}", args=[procedure.public_id, *ids])


def send(client, address: str, typed: dict[str, object], **more: object):
    return client.post(address, {"version": "", "once": new_public_id(), **typed, **more})


def shown(client, address: str) -> str:
    return client.get(address).content.decode()


def typed_in(form) -> dict[str, object]:
    """What the edit page's form would send as it is."""
    typed = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    typed |= {"article-TOTAL_FORMS": len(form.rows.forms), "article-INITIAL_FORMS": 0}
    for row in form.rows.forms:
        typed |= {row.add_prefix(name): value for name, value in row.initial.items()}
    return {name: value for name, value in typed.items() if value is not False}


@pytest.fixture
def drafted(clerk) -> DraftVersion:
    return a_drafted_one(a_division(), a_user(sign_in_name="anbun"))["text"]


def test_the_first_text_is_written_from_what_was_agreed_and_chosen(clerk):
    procedure = a_procedure_to_draft()
    assert "合意した連携事項が2件あります" in shown(clerk, page("drafts", procedure))
    address = page("text_new", procedure)
    assert all(heading in shown(clerk, address) for heading in HEADINGS)
    refused = send(clerk, address, CHOICES, term="open")
    assert refused.status_code == 422
    assert "期間を定めないときは、更新はありません" in refused.content.decode()
    once = new_public_id()
    for _twice in range(2):
        assert send(clerk, address, CHOICES, once=once).url == page("draft", procedure, once)
    version = procedure.versions.get()
    text = AgreementText.read(version.content)
    assert items_in(text) == list(HEADINGS)
    assert [(one.letter, one.is_town) for one in text.parties] == [("甲", False), ("乙", True)]
    read = proposal(plain_text(text), PartialDay.from_iso("2026-06-01"))
    assert (read.term.last_day.isoformat(), read.renewal.notice_months) == ("2029-05-31", 6)
    assert "確かめる所" not in shown(clerk, page("draft", procedure, version.public_id))
    other = a_procedure_to_draft(author=a_correspondent(email="b@example.com"))
    assert "見本市長　見本 一郎" in shown(clerk, page("text_new", other)), "nothing is typed twice"


def test_without_agreed_items_the_page_says_what_to_do_first(clerk):
    procedure = a_procedure_to_draft()
    procedure.items.update(is_agreed=False)
    assert "協議の記録で連携事項を合意にすると" in shown(clerk, page("drafts", procedure))
    assert (
        "合意した連携事項がありません" in send(clerk, page("text_new", procedure), CHOICES).content.decode()
    )


def test_a_version_is_edited_by_article_without_any_script(clerk, drafted):
    procedure = drafted.procedure
    address = page("text_edit", procedure, drafted.public_id)
    typed = typed_in(clerk.get(address).context["form"])
    assert "と同じ内容です" in send(clerk, address, typed).content.decode()
    below = send(clerk, address, typed, do="below-article-0").context["form"]
    assert [row["heading"].value() for _number, row in below.shown_rows()][:3] == ["目的", None, "連携事項"]
    raised = send(clerk, address, typed, do="raise-article-3").context["form"]
    assert [row["heading"].value() for _number, row in raised.shown_rows()][2:] == ["疑義の協議", "有効期間"]
    typed |= {
        "article-4-heading": "窓口",
        "article-4-text": "丙が○○課を窓口とする。",
        "article-TOTAL_FORMS": 5,
    }
    checked = send(clerk, address, typed, do="check").content.decode()
    assert "「丙」が誰を指すか決まっていません" in checked
    assert "書き入れていない所" in checked
    assert procedure.versions.filter(kind=DraftKind.TEXT).count() == 1
    assert send(clerk, address, typed, note="窓口を加えた").status_code == 302
    second = procedure.versions.get(kind=DraftKind.TEXT, number=2)
    keys = [one.key for one in AgreementText.read(second.content).articles]
    assert keys[:4] == [one.key for one in a_text().articles]
    assert len(keys[4]) == 12
    assert (second.made_from, second.note) == (drafted, "窓口を加えた")
    listing = shown(clerk, page("drafts", procedure))
    assert listing.index("窓口を加えた") < listing.index(drafted.short_digest)
    assert "第2版があります" in shown(clerk, address)


def test_two_versions_are_compared_in_one_text_and_side_by_side(clerk, drafted):
    procedure = drafted.procedure
    address = page("text_edit", procedure, drafted.public_id)
    typed = typed_in(clerk.get(address).context["form"])
    send(
        clerk,
        address,
        typed | {"article-2-text": typed["article-2-text"].replace("１年間とする", "２年間とする")},
    )
    inline = shown(clerk, page("draft_compare", procedure))
    assert '<del><span class="visually-hidden">〔削る:</span>１' in inline
    assert '<ins><span class="visually-hidden">〔加える:</span>２' in inline
    new = procedure.versions.get(kind=DraftKind.TEXT, number=2)
    ids = {"old": new.public_id, "new": drafted.public_id}  # whichever order: the earlier stands first
    sides = clerk.get(page("draft_compare", procedure), {**ids, "view": "sides"}).content.decode()
    assert "two-sides" in sides
    assert "〔加える:</span>２" in sides
    mixed = {"old": drafted.public_id, "new": procedure.versions.get(kind=DraftKind.INITIATIVES).public_id}
    assert clerk.get(page("draft_compare", procedure), mixed).status_code == 404


def test_a_version_is_read_as_it_is_printed_and_received_as_plain_text(clerk, drafted):
    printed = shown(clerk, page("draft", drafted.procedure, drafted.public_id))
    assert "（目的）" in printed
    assert "<b>第１条</b>" in printed
    plain = clerk.get(page("draft_plain", drafted.procedure, drafted.public_id))
    assert plain.content.decode("utf-8-sig").replace("\r\n", "\n") == plain_text(a_text())
    assert plain["Content-Disposition"].startswith("attachment; ")
    DraftVersion.objects.filter(pk=drafted.pk).update(content={**drafted.content, "title": "<b>別</b>"})
    altered = shown(clerk, page("draft", drafted.procedure, drafted.public_id))
    assert "ダイジェストが合いません" in altered
    assert "<b>別</b>" not in altered


def test_initiatives_are_kept_by_item_and_written_as_a_version(clerk):
    procedure = a_procedure_to_draft()
    health, disaster, _other = procedure.items.all()
    division = a_division(name="健康課")
    typed = {
        "item": health.public_id,
        "title": "講座を開く",
        "division": division.public_id,
        "town_part": "会場",
    }
    once = new_public_id()
    for _twice in range(2):
        assert send(clerk, page("initiative_new", procedure), typed, once=once).status_code == 302
    send(clerk, page("initiative_new", procedure), typed, title="教材を作る")
    first, second = procedure.planned_initiatives.all()
    act = page("initiative_act", procedure, second.public_id)
    clerk.post(act, {"do": "raise"})
    edit = page("initiative_edit", procedure, first.public_id)
    assert "講座を開く" in shown(clerk, edit)
    procedure.refresh_from_db()
    moved = {"item": disaster.public_id, "title": "訓練をする", "version": procedure.version}
    assert send(clerk, edit, typed, **moved).status_code == 302
    assert "ほかの人が先に変更しました" in send(clerk, edit, typed, **moved).content.decode()
    assert "取組2件で版を作る" in shown(clerk, page("initiatives", procedure))
    assert send(clerk, page("list_write", procedure), {"note": "初めの一覧"}).status_code == 302
    version = procedure.versions.get()
    assert [row.title for row in InitiativeList.read(version.content).rows] == ["教材を作る", "訓練をする"]
    clerk.post(act, {"do": "drop"})
    listing = shown(clerk, page("initiatives", procedure))
    assert "の後に取組が変わりました" in listing
    assert "外した取組(1件)" in listing
    clerk.post(act, {"do": "back"})
    assert "は、いまの取組と同じです" in shown(clerk, page("initiatives", procedure))
    assert "教材を作る" in shown(clerk, page("draft", procedure, version.public_id))


@pytest.mark.parametrize("kind", [Kind.AMENDMENT, Kind.RENEWAL], ids=str)
def test_an_amendment_and_a_renewal_begin_from_their_agreement(clerk, kind):
    procedure = a_procedure_to_draft()
    Procedure.objects.filter(pk=procedure.pk).update(kind=kind)
    typed = {
        "copies": "2", "change-TOTAL_FORMS": "1", "change-INITIAL_FORMS": "0", "change-0-heading": "第３条",
        "change-0-text": "第３条　費用は、乙が負担する。", "first_day": "R9.4.1", "last_day": "R12.3.31",
    }  # fmt: skip
    address = page("text_new", procedure)
    assert "もとの協定が分かりません" in send(clerk, address, typed).content.decode()
    agreement = an_agreement(title="物資の供給に関する協定", signed="2024-06-01")
    Procedure.objects.filter(pk=procedure.pk).update(agreement=agreement)
    assert shown(clerk, address)
    assert send(clerk, address, typed).status_code == 302
    text = AgreementText.read(procedure.versions.get().content)
    assert "令和６年６月１日に締結した「物資の供給に関する協定」" in text.preamble
    said = "".join(one.text for one in text.articles)
    assert ("乙が負担する" if kind == Kind.AMENDMENT else "令和９年４月１日から令和12年３月31日まで") in said
    assert [one.name for one in text.parties] == ["株式会社見本"]


def test_whoever_may_not_conduct_reads_and_presses_nothing(client, drafted):
    client.force_login(a_user(role=Role.READER, sign_in_name="reader"))
    procedure = drafted.procedure
    listing = shown(client, page("drafts", procedure))
    assert "直して次の版を作る" not in listing
    edit = page("text_edit", procedure, drafted.public_id)
    assert send(client, edit, typed_in(client.get(edit).context["form"])).status_code == 403
    assert send(client, page("list_write", procedure), {}).status_code == 403


def test_no_version_or_initiative_of_another_procedure_is_reached(clerk, drafted):
    other = a_procedure_to_draft(author=a_correspondent(email="b@example.com"))
    planned = drafted.procedure.planned_initiatives.get()
    for address in (
        page("draft", other, drafted.public_id),
        page("text_edit", other, drafted.public_id),
        page("draft_plain", other, drafted.public_id),
        page("initiative_edit", other, planned.public_id),
    ):
        assert clerk.get(address).status_code == 404
    assert clerk.post(page("initiative_act", other, planned.public_id), {"do": "drop"}).status_code == 404
    assert clerk.get(page("draft_compare", other), {"old": drafted.public_id, "new": "x"}).status_code == 404


def test_what_the_form_cannot_hold_is_said_before_anything_of_it_is_lost(clerk, drafted):
    tables = tuple(AttachedTable(f"t{number}", f"別表{number}", (("あ",),)) for number in range(21))
    text = replace(AgreementText.read(drafted.content), tables=tables)
    DraftVersion.objects.filter(pk=drafted.pk).update(content=text.as_told())
    address = page("text_edit", drafted.procedure, drafted.public_id)
    assert "この画面では直せません" in shown(clerk, address)
    assert send(clerk, address, {}).status_code == 403
