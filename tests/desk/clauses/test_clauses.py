"""The library at the desk: reading it, an own clause from a standard one, an agreement's template through Word."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.documents.clauses.agreements import agreement_template
from renkei.documents.contents import Article
from renkei.documents.models import LibraryClause, Template
from renkei.documents.vocabulary import Subject
from renkei.documents.word.writing import agreement_word
from tests.factories import a_division, a_municipality, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def window() -> Client:
    client = Client()
    client.force_login(a_user())
    return client


def shown(window: Client, name: str, *ids: str, **asked: str) -> str:
    return window.get(reverse(f"desk:{name}", args=ids), asked).content.decode()


def test_an_own_clause_begins_from_a_standard_one_and_is_changed_and_put_away(window):
    listed = shown(window, "clauses", kind="costs")
    assert listed.index("役割に応じて負担する") < listed.index("市が負担する")
    assert "使っているひな形" in listed
    assert "?from=costs/town" in listed
    begun = window.get(reverse("desk:clause_new"), {"from": "costs/town"}).context["form"].initial
    typed = {**begun, "kind": "costs", "name": "市が負担し、上限を定める"}
    refused = window.post(reverse("desk:clause_new"), {**typed, "text": "{{ 会社 }}が負担する。"})
    assert (refused.status_code, "使えるのは" in refused.content.decode()) == (422, True)
    assert window.post(reverse("desk:clause_new"), typed).status_code == 302
    clause = LibraryClause.objects.get()
    assert "市の条項" in shown(window, "clauses", kind="costs")
    address = reverse("desk:clause_edit", args=[clause.public_id])
    assert window.post(address, {**typed, "note": "新しい事情のとき。", "version": "1"}).status_code == 302
    late = window.post(address, {**typed, "note": "遅れた変更。", "version": "1"})
    assert (late.status_code, "遅れた変更。" in late.content.decode()) == (422, True)
    away = reverse("desk:clause_retire", args=[clause.public_id])
    assert window.post(away, {"version": "2"}).status_code == 302
    assert "市の条項</span>" not in shown(window, "clauses", kind="costs")
    assert window.get(address).status_code == 404


def test_only_the_coordinating_division_changes_the_library_and_no_other_town_s_clause_is_reached(window):
    theirs = LibraryClause.objects.create(
        municipality=a_municipality("011002"), kind="term", name="x", heading="x", text="よその町の条文",
        note="x", made_at="2026-11-26T00:00Z",
    )  # fmt: skip
    assert window.get(reverse("desk:clause_edit", args=[theirs.public_id])).status_code == 404
    assert "よその町の条文" not in shown(window, "clauses")
    clerk = Client()
    clerk.force_login(a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="tanto2"))
    assert "総括課に頼んでください" in shown(clerk, "clauses")
    assert clerk.post(reverse("desk:clause_new"), {}).status_code == 403
    assert clerk.post(reverse("desk:text_template", args=["supplies"]), {"retire": "1"}).status_code == 403


def brought(window: Client, content: bytes):
    file = SimpleUploadedFile("見守り.docx", content)
    return window.post(reverse("desk:text_template", args=["watching"]), {"file": file, "note": "会議"})


def test_an_agreement_s_template_is_received_changed_in_word_and_brought_back(window):
    assert "地域における見守り活動に関する協定書" in shown(window, "text_templates")
    page = shown(window, "text_template", "watching")
    assert "標準のひな形です" in page
    assert "（見守り活動の内容）" in page
    received = window.get(reverse("desk:text_template_word", args=["watching"]))
    assert received.content.startswith(b"PK")
    refused = brought(window, b"no Word file")
    assert refused.status_code == 422
    ours = agreement_template(Subject.WATCHING)
    article = Article("x", "会議", "{{ 全当事者 }}は、年に一回、会議を開く。")
    kept = [one for one in ours.articles if one.key != "term"]
    changed = agreement_word(replace(ours, articles=(*kept, article)), town="見本市")
    assert brought(window, changed).status_code == 302
    page = shown(window, "text_template", "watching")
    assert "（会議）" in page
    assert "ひな形に「期間の文」がありません" in page, "what is missing is warned of"
    assert b"".join(window.get(reverse("desk:text_template_word", args=["watching"]))) == changed
    assert window.post(reverse("desk:text_template", args=["watching"]), {"retire": "1"}).status_code == 302
    assert "標準のひな形です" in shown(window, "text_template", "watching")
    assert Template.objects.get().retired_at is not None
    assert window.get(reverse("desk:text_template", args=["nothing"])).status_code == 404
