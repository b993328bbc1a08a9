"""A clerk brings an agreement into the register by hand: one form, once, with what is known said on the way."""

import re

import pytest

from renkei.accounts.models import Role
from renkei.agreements.models import Agreement
from renkei.audit.models import Entry
from tests.factories import a_division, a_user, an_agreement

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/agreements/new/"
CLAUSE = (
    "この協定の有効期間は、締結の日から令和8年3月31日までとする。"
    "ただし、期間満了の1月前までに申出がないときは、更に1年間更新し、以後も同様とする。"
)


def a_form(*names, key="", **typed):
    """What the page sends: the least, and what the test is about."""
    sent = {"title": "見本協定", "form": "individual", "document_kind": "agreement", "key": key}
    sent |= {"party-TOTAL_FORMS": len(names), "party-INITIAL_FORMS": 0}
    sent |= {f"party-{place}-name": name for place, name in enumerate(names)}
    return sent | typed


def key_on(window):
    return re.search(r'name="key" value="([^"]+)"', window.get(ADDRESS).content.decode())[1]


def text_of(answer):
    return answer.content.decode()


def test_everything_that_is_typed_is_registered(clerk):
    division = a_division()
    answer = clerk.post(
        ADDRESS,
        a_form(
            "見本市", "㈱見本", "一般社団法人みほん", **{
                "title_kana": "みほんきょうてい", "form": "disaster", "document_kind": "memorandum",
                "signed": "R7.4.1", "purpose": "目的\r\n二行目", "division": division.pk,
                "main_field": "disaster", "fields_chosen": ["health", "disaster"],
                "items": "物資の供給に関すること\r\n\r\n 輸送に関すること ", "clause": CLAUSE,
                "first_day": "2025/4/1", "last_day": "令和８年３月３１日", "kind": "automatic", "months": "１２",
                "notice_months": "1", "notice_effect": "party", "notes": "メモ", "source": "文書綴り",
                "is_published": "on", "party-0-is_town": "on", "party-0-letter": "甲", "party-1-letter": "乙",
                "party-1-unit": "旭川支店", "party-1-signatory": "支店長 見本 太郎", "party-1-duties": "運ぶ",
                "party-2-kind": "npo",
            }
        ),
    )  # fmt: skip
    found = Agreement.objects.get()
    assert answer["Location"] == f"/desk/agreements/{found.public_id}/"
    assert (found.title, found.form, found.document_kind, found.signed_as) == (
        "見本協定", "disaster", "memorandum", "2025-04-01"
    )  # fmt: skip
    assert (found.purpose, found.division, found.is_published) == ("目的\n二行目", division, True)
    assert [(link.field.slug, link.is_main) for link in found.field_links.all()] == [
        ("disaster", True), ("health", False)
    ]  # fmt: skip
    assert [item.heading for item in found.items.all()] == ["物資の供給に関すること", "輸送に関すること"]
    town, company, group = found.parties.all()
    assert (town.organisation, town.letter, company.unit, company.duties) == (None, "甲", "旭川支店", "運ぶ")
    assert (company.organisation.kind, group.organisation.kind) == ("company", "npo")
    term, rule = found.terms.get(), found.renewal_rule
    assert (str(term.starts_on), str(term.ends_on), term.in_force_until) == ("2025-04-01", "2026-03-31", None)
    assert (rule.months, rule.notice_months, rule.notice_effect, rule.clause) == (12, 1, "party", CLAUSE)
    assert Entry.objects.get().sentence == "見本 花子が「見本協定」を台帳に登録しました"


@pytest.mark.parametrize("signed, kept", [("令和6年", "2024"), ("R6.6", "2024-06"), ("", "")])
def test_the_signing_day_is_kept_as_exactly_as_it_is_known(clerk, signed, kept):
    clerk.post(ADDRESS, a_form("株式会社見本", signed=signed))
    assert Agreement.objects.get().signed_as == kept


WRONG = {
    "協定名を入れてください": {"title": " "},
    "「いつか」": {"signed": "いつか"},
    "終期が始期より前です": {"first_day": "2025/4/1", "last_day": "2025/3/31"},
    "始期も入れるか": {"last_day": "2025/3/31"},
    "更新の種類を選んでください": {"clause": "期間は1年とする。"},
    "数字で入れてください": {"kind": "automatic", "months": "いちねん"},
    "この当事者が要らなければ": {"party-1-letter": "乙", "party-TOTAL_FORMS": 2},
    "の相手方が空です": {"party-0-is_town": "on"},
}


@pytest.mark.parametrize("sentence", WRONG)
def test_what_is_wrong_is_said_and_everything_typed_is_still_there(clerk, sentence):
    answer = clerk.post(ADDRESS, a_form("株式会社見本", **{"notes": "残るメモ"} | WRONG[sentence]))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "残るメモ" in text_of(answer) and "株式会社見本" in text_of(answer)
    assert "<title>エラー:" in text_of(answer)
    assert not Agreement.objects.exists()


def test_blank_rows_are_no_parties(clerk):
    clerk.post(ADDRESS, a_form("株式会社見本", "", " "))
    assert [party.name_as_signed for party in Agreement.objects.get().parties.all()] == ["株式会社見本"]


def test_a_row_is_added_without_a_script_and_nothing_typed_is_lost(clerk):
    answer = clerk.post(ADDRESS, a_form("株式会社見本", do="add-party", title="", notes="メモ"))
    assert answer.status_code == 200
    page = text_of(answer)
    assert 'name="party-1-name"' in page and 'name="party-2-name"' not in page
    assert "株式会社見本" in page and "メモ" in page
    assert "error-summary" not in page


def test_a_known_partner_is_said_to_be_known(clerk):
    partner = an_agreement(partners=("株式会社見本",)).partners[0].organisation
    page = text_of(clerk.post(ADDRESS, a_form("(株)見本", "株式会社新", do="add-party")))
    assert page.count("すでに登録されている相手方です") == 1
    assert f"/desk/partners/{partner.public_id}/" in page


def test_the_clause_proposes_what_is_still_empty_and_says_how_it_was_read(clerk):
    page = text_of(
        clerk.post(
            ADDRESS, a_form("株式会社見本", clause=CLAUSE, signed="R7.4.1", months="6", do="read-clause")
        )
    )
    assert 'value="令和7年4月1日"' in page and 'value="令和8年3月31日"' in page
    assert '<option value="automatic" selected>' in page
    assert re.search(r'name="months" value="6"', page)
    assert "以後も同様に自動的に更新されます" in page


def test_a_clause_that_says_otherwise_is_shown_once_before_it_is_saved(clerk):
    sent = a_form(
        "株式会社見本", clause=CLAUSE, signed="R7.4.1", first_day="2025/4/1", last_day="2026/3/30",
        kind="automatic", months="12", notice_months="1",
    )  # fmt: skip
    answer = clerk.post(ADDRESS, sent)
    assert answer.status_code == 422 and not Agreement.objects.exists()
    [remark] = re.findall(r'name="remark" value="([^"]+)"', text_of(answer))
    assert remark.startswith("条文からは終期は令和8年")
    clerk.post(ADDRESS, sent | {"remark": remark})
    assert Agreement.objects.get().terms.get().ends_on.isoformat() == "2026-03-30"


def test_a_similar_agreement_is_warned_of_and_not_refused(clerk):
    known = an_agreement(title="災害時における物資の供給に関する協定", partners=("株式会社見本",))
    sent = a_form("㈱見本", title="災害時における物資の供給に関する協定書")
    page = text_of(clerk.post(ADDRESS, sent))
    [remark] = re.findall(r'name="remark" value="([^"]+)"', page)
    assert "よく似た協定がすでにあります" in remark and f"/desk/agreements/{known.public_id}/" in page
    assert Agreement.objects.count() == 1
    clerk.post(ADDRESS, sent | {"remark": remark})
    assert Agreement.objects.count() == 2


def test_a_form_sent_twice_makes_one_agreement(clerk):
    sent = a_form("株式会社見本", key=key_on(clerk))
    first, again = clerk.post(ADDRESS, sent), clerk.post(ADDRESS, sent)
    assert again["Location"] == first["Location"]
    assert (Agreement.objects.count(), Entry.objects.count()) == (1, 1)


def test_the_same_page_with_another_text_asks_before_it_makes_a_second(clerk):
    key = key_on(clerk)
    clerk.post(ADDRESS, a_form("株式会社見本", key=key))
    answer = clerk.post(ADDRESS, a_form("株式会社別", key=key, title="別の協定"))
    assert answer.status_code == 422 and "登録済みです" in text_of(answer)
    new_key = re.search(r'name="key" value="([^"]+)"', text_of(answer))[1]
    assert clerk.post(ADDRESS, a_form("株式会社別", key=new_key, title="別の協定")).status_code == 302
    assert Agreement.objects.count() == 2


def test_nobody_chooses_the_id_of_an_agreement(clerk):
    clerk.post(ADDRESS, a_form("株式会社見本", key="0123456789ab"))
    clerk.post(ADDRESS, a_form("株式会社見本", key="0123456789ab:forged", title="別"))
    assert not Agreement.objects.filter(public_id="0123456789ab").exists()


def test_a_responsible_clerk_finds_the_own_division_chosen(client):
    division = a_division()
    client.force_login(a_user(role=Role.RESPONSIBLE, division=division))
    assert f'<option value="{division.pk}" selected>' in text_of(client.get(ADDRESS))


def test_who_may_not_register_is_told_why_before_and_after(reader):
    assert "総括課に頼んでください" in text_of(reader.get(ADDRESS))
    for more in ({}, {"do": "add-party"}):
        answer = reader.post(ADDRESS, a_form("株式会社見本", **more))
        assert answer.status_code == 403 and "総括課に頼んでください" in text_of(answer)
    assert not Agreement.objects.exists()
