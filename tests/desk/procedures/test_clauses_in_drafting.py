"""Templates, clauses and the rule of the term in drafting, as a clerk uses them without any script."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.vocabulary import RenewalKind as RegisterKind
from renkei.desk.procedures.drafting.texts import title_for
from renkei.documents.contents import AgreementText, AttachedTable, SigningParty
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models import DraftVersion, Procedure, SigningPlan
from renkei.procedures.register_facts import RegisterFacts
from renkei.procedures.services.drafting import write_text
from renkei.procedures.vocabulary import DraftKind
from renkei.rules.terms import RenewalKind
from tests.desk.procedures.test_drafting_pages import CHOICES, page, send, shown, typed_in
from tests.drafting_factories import a_drafted_one, a_procedure_to_draft, a_text
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import AT

pytestmark = pytest.mark.django_db

KEPT_PARAGRAPH = "２　有効期間の満了の後も、秘密の保持については、なお効力を有する。"


@pytest.fixture
def drafted(clerk) -> DraftVersion:
    return a_drafted_one(a_division(), a_user(sign_in_name="anbun"))["text"]


def newest_text(procedure: Procedure) -> AgreementText:
    version = procedure.versions.filter(kind=DraftKind.TEXT).latest("number")
    return AgreementText.read(version.content)


def test_a_first_text_begins_from_a_template_with_its_tables_and_three_parties(clerk):
    procedure = a_procedure_to_draft()
    address = page("text_new", procedure)
    chosen = clerk.get(address, {"subject": "supplies"}).content.decode()
    assert "物資の範囲" in chosen
    assert "別表第１　物資の一覧" in chosen
    assert 'name="articles"' not in chosen
    typed = {name: said for name, said in CHOICES.items() if name not in ("articles", "purpose")}
    typed |= {"subject": "supplies", "order": "town", "more_parties": "見本商工会｜会長　見本 次郎\n"}
    procedure.items.update(is_agreed=False)  # this text numbers no items: none are asked for
    assert send(clerk, address, typed).status_code == 302
    text = newest_text(procedure)
    assert [(one.letter, one.name) for one in text.parties][2] == ("丙", "見本商工会")
    assert text.articles[0].text.startswith("この協定は、")
    assert "乙及び丙に求める" in text.articles[0].text
    assert [one.title for one in text.tables] == ["別表第１　物資の一覧", "別表第２　連絡責任者"]
    assert [row[:2] for row in text.tables[1].rows][3:] == [
        ("見本製薬株式会社", "１"), ("見本製薬株式会社", "２"), ("見本商工会", "１"), ("見本商工会", "２"),
    ]  # fmt: skip
    assert "{{" not in str(text)
    crowded = send(clerk, address, typed | {"more_parties": "\n".join(f"団体{n}" for n in range(5))})
    assert "当事者は6者までです" in crowded.content.decode()


@pytest.mark.parametrize(
    "title, told",
    [
        ("木部の塗装に関する連携", "木部の塗装に関する連携協定書"),
        ("木部の塗装に関する協定", "木部の塗装に関する協定書"),
        ("木部の塗装", "木部の塗装に関する協定書"),
    ],
)
def test_the_title_of_a_text_is_made_of_what_the_procedure_is_called(title, told):
    assert title_for(Procedure(title=title, form="individual"), "株式会社見本") == told


def test_a_clause_of_the_library_is_looked_at_put_in_and_takes_an_articles_place(clerk, drafted):
    address = page("text_edit", drafted.procedure, drafted.public_id)
    typed = typed_in(clerk.get(address).context["form"]) | {"note": "書きかけ"}
    asked = {"clause_kind": "damages", "clause_place": "after-2"}
    looked = send(clerk, address, typed | asked, do="clauses").content.decode()
    assert "責任のある側が賠償する" in looked
    assert "第２条(連携事項)の次に加える" in looked, "nobody counts articles"
    assert "どの協定でも使える基本の書き方です" in looked
    put = send(clerk, address, typed | asked, do="clause:damages/at_fault").context["form"]
    rows = [row for _number, row in put.shown_rows()]
    assert [row["heading"].value() for row in rows][1:4] == ["連携事項", "損害賠償", "有効期間"]
    assert rows[2]["row"].value() == "damages"
    assert rows[2].fields["heading"].widget.attrs["autofocus"], "the clerk goes on there"
    assert rows[2]["text"].value().startswith("甲及び乙は、")
    assert put["note"].value() == "書きかけ"
    asked = {"clause_kind": "purpose", "clause_place": "instead-0"}
    put = send(clerk, address, typed | asked, do="clause:purpose/disaster").context["form"]
    first = put.rows.forms[0]
    assert (first["row"].value(), len(put.rows.forms)) == ("purpose", 4)
    assert "見本市の区域において災害が発生し" in first["text"].value()
    unknown = send(clerk, address, typed | asked, do="clause:purpose/nothing").context["form"]
    assert len(unknown.rows.forms) == 4


def test_tables_and_six_parties_survive_editing(clerk, drafted):
    procedure = drafted.procedure
    rows = (("品名", "数量"), ("水\n(2L)", ""))
    others = tuple(SigningParty(letter, f"団体{letter}") for letter in "丙丁戊己")
    before = replace(
        a_text(), parties=(*a_text().parties, *others), tables=(AttachedTable("goods", "別表", rows),)
    )
    facts = {"made_from": drafted, "by": a_user(sign_in_name="b"), "at": AT, "public_id": new_public_id()}
    version = write_text(procedure, before, **facts)
    address = page("text_edit", procedure, version.public_id)
    typed = typed_in(clerk.get(address).context["form"])
    assert typed["table0_rows"] == "品名｜数量\n水↵(2L)｜"
    typed["table0_rows"] += "\n茶｜10箱｜冷やす"
    assert send(clerk, address, typed).status_code == 302
    text = newest_text(procedure)
    assert text.parties == before.parties
    assert text.tables[0].key == "goods"
    assert text.tables[0].rows == (("品名", "数量", ""), ("水\n(2L)", "", ""), ("茶", "10箱", "冷やす"))


def test_the_term_is_read_chosen_anew_and_written_into_its_article(clerk, drafted):
    procedure = drafted.procedure
    before = a_text()
    term = next(one for one in before.articles if one.key == "term")
    longer = replace(term, text=f"{term.text}\n{KEPT_PARAGRAPH}")
    text = replace(before, articles=tuple(longer if one is term else one for one in before.articles))
    facts = {"made_from": drafted, "by": a_user(sign_in_name="b"), "at": AT, "public_id": new_public_id()}
    version = write_text(procedure, text, **facts)
    SigningPlan.objects.create(procedure=procedure, signs_on=date(2026, 6, 1))
    address = page("term", procedure, version.public_id)
    stands = clerk.get(address)
    assert "令和9年5月31日" in stands.content.decode()
    form = stands.context["form"]
    assert (form["term"].value(), form["years"].value(), form["notice_months"].value()) == ("years", 1, 3)
    chosen = {"term": "open", "renewal": RenewalKind.UNTIL_NOTICE, "notice_days": "30", "note": ""}
    looked = send(clerk, address, chosen, do="check").content.decode()
    assert "書面により終了を通知するまで" in looked
    assert "そのまま残る項" in looked
    assert send(clerk, address, {"term": "years", "renewal": "automatic"}).status_code == 422
    assert send(clerk, address, chosen).status_code == 302
    after = newest_text(procedure)
    article = next(one for one in after.articles if one.key == "term")
    assert article.text.split("\n")[1:] == [
        "２　前項の通知は、終了しようとする日の30日前までに行うものとする。",
        KEPT_PARAGRAPH.replace("２", "３"),
    ]
    assert [one.key for one in after.articles] == [one.key for one in before.articles]


def test_a_clause_that_differs_from_the_confirmed_facts_is_told(clerk, drafted):
    procedure = drafted.procedure
    facts = RegisterFacts(first_day=date(2026, 6, 1), last_day=date(2029, 5, 31), kind="automatic", months=12)
    plan = SigningPlan.objects.create(procedure=procedure, signs_on=date(2026, 6, 1), facts=facts.as_told())
    for name in ("draft", "term"):
        told = shown(clerk, page(name, procedure, drafted.public_id))
        assert "条文からは終期は" in told
        assert "通知期限(月前)は3" in told
    plan.facts = replace(facts, last_day=date(2027, 5, 31), notice_months=3).as_told()
    plan.save()
    assert "台帳に載せる内容が違います" not in shown(clerk, page("draft", procedure, drafted.public_id))


def test_an_agreement_in_the_register_says_where_its_clause_and_its_rule_differ(clerk):
    clause = next(one.text for one in a_text().articles if one.key == "term")
    given = RenewalFacts(RegisterKind.AUTOMATIC, months=12, notice_months=3, clause=clause)
    days = {"signed": "2026-06-01", "starts": "2026-06-01", "ends": "2027-05-31"}
    agreement = an_agreement(**days, renewal=given)
    rule = agreement.renewal_rule
    address = reverse("desk:agreement", args=[agreement.public_id])
    assert "条文と、登録した期間・更新が違います" not in shown(clerk, address)
    rule.notice_months = 1
    rule.save()
    assert "条文からは通知期限(月前)は3と読めますが" in shown(clerk, address)
