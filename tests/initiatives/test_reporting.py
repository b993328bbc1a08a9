"""Results: reported by one side, confirmed by the other, corrected and taken back with reasons."""

import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from PIL import Image

from renkei.accounts.models import Role, User
from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.audit.models import Entry
from renkei.correspondents.models import Correspondent
from renkei.initiatives.changes import results_changed
from renkei.initiatives.models import Indicator, Initiative, Result, ResultPaper
from renkei.initiatives.pictures import public_picture
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.result_columns import facts_of
from renkei.initiatives.result_facts import Reckoned, ResultFacts
from renkei.initiatives.services.confirming import confirm, send_back
from renkei.initiatives.services.correcting import correct, take_back
from renkei.initiatives.services.papers import add_paper, remove_paper
from renkei.initiatives.services.publishing import (
    approve,
    highlight,
    highlights,
    propose_publication,
    withdraw_publication,
)
from renkei.initiatives.services.reporting import report
from renkei.initiatives.valuing import Totals, formula_of, totals
from renkei.initiatives.vocabulary import InitiativeState, Publicity, ResultKind, ResultState
from renkei.reminders.models import Letter
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import AT, YEAR, a_result, an_initiative

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)
FACTS = ResultFacts(
    fiscal_year=YEAR,
    what="講座を3回開き、120人が受講した。",
    kind=ResultKind.EVENT,
    done_on=date(2023, 7, 1),
    done_until=date(2023, 7, 20),
    figures={"受講者数": Decimal(120)},
    town_cost=20_000,
    reckoned=Reckoned(Decimal(30), "人", 5_000, "同じ講座を業者に頼むときの単価"),
)


@pytest.fixture
def initiative() -> Initiative:
    found = an_initiative(
        an_agreement(partners=("見本製薬株式会社", "見本銀行"), division=a_division(), published=True)
    )
    Indicator.objects.create(initiative=found, position=1, name="受講者数", unit="人")
    a_user(role=Role.RESPONSIBLE, division=found.division, sign_in_name="bosai")
    User.objects.update(email="bosai@example.lg.jp")
    return found


@pytest.fixture
def clerk(initiative: Initiative) -> User:
    return User.objects.get(sign_in_name="bosai")


def somebody_of(agreement: Agreement, place: int = 0) -> Correspondent:
    """A person at the counter whom the town accepted as the partner's."""
    partner = agreement.partners[place].organisation  # type: ignore[attr-defined]
    return a_correspondent(email=f"partner{place}@example.jp", organisation=partner)


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("address", "subject"))


def test_what_the_town_reports_a_partner_confirms_and_each_is_told_by_letter(initiative, clerk):
    partner, heard = somebody_of(initiative.agreement), []
    results_changed.connect(
        listener := lambda agreements, fiscal_year, **_: heard.append((agreements, fiscal_year))
    )
    result = report(initiative, FACTS, by=clerk, at=AT, public_id="abcdefgh0123")
    assert report(initiative, FACTS, by=clerk, at=AT, public_id="abcdefgh0123") == result, "a double click"
    report(initiative, replace(FACTS, done_on=None, done_until=None), by=clerk, at=LATER)
    assert letters() == [("partner0@example.jp", "【連携】実績の確認をお願いします")], (
        "one for a day and agreement"
    )
    assert facts_of(result) == FACTS
    assert (result.value, formula_of(result)) == (150_000, "30人 × 5,000円 = 150,000円")
    assert (result.division, result.reported_side, result.state) == (initiative.division, "town", "reported")
    with pytest.raises(ResultRefused, match="相手方が確認します"):
        confirm(result, by=clerk, at=LATER, how="電話で確かめた。")
    confirm(result, by=partner, at=LATER)
    result.refresh_from_db()
    assert (result.state, result.confirmed_by_partner, result.confirmed_how) == ("confirmed", partner, "")
    assert heard == [((initiative.agreement_id,), YEAR)] * 3
    with pytest.raises(ResultRefused, match="確認待ちではありません"):
        confirm(result, by=partner, at=LATER)
    assert totals(Result.objects.all()) == Totals(
        entries=2, valued=2, value=300_000, costed=2, town_cost=40_000
    )
    results_changed.disconnect(listener)


def test_the_town_confirms_for_a_partner_who_is_not_at_the_counter_and_says_how(initiative, clerk):
    result = report(initiative, FACTS, by=clerk, at=AT)
    with pytest.raises(ResultRefused, match="どのように確かめたか"):
        confirm(result, by=clerk, at=LATER)
    confirm(result, by=clerk, at=LATER, how="電話で確かめた。")
    told = Entry.objects.latest("number").sentence
    assert result.confirmed_how == "電話で確かめた。"
    assert told.endswith("を確認しました(電話で確かめた。)")


def test_what_is_sent_back_counts_no_more_until_it_is_corrected(initiative, clerk):
    partner, other = somebody_of(initiative.agreement), somebody_of(initiative.agreement, 1)
    result = report(initiative, FACTS, by=partner, at=AT)
    assert result.organisation == partner.organisation
    assert letters() == [("bosai@example.lg.jp", "【連携】実績の確認をお願いします")]
    for person in (partner, other):
        with pytest.raises(ResultRefused, match="自分の側"):
            confirm(result, by=person, at=LATER)
    with pytest.raises(ResultRefused, match="差し戻す理由"):
        send_back(result, " ", by=clerk, at=LATER)
    send_back(result, "人数が違います。", by=clerk, at=LATER)
    assert letters()[1:] == [("partner0@example.jp", "【連携】実績が差し戻されました")], (
        "not to the other partner"
    )
    assert not Result.objects.valid().exists()
    mended = replace(FACTS, figures={"受講者数": Decimal(110)})
    correct(result, mended, by=partner, at=LATER, reason="数え直した。")
    told = Entry.objects.filter(event="results.corrected").get()
    assert told.changes == {"initiatives.resultfigure": [["受講者数: 120人"], ["受講者数: 110人"]]}
    assert (result.state, result.sent_back_reason) == (ResultState.REPORTED, "")
    confirm(result, by=clerk, at=LATER)
    assert list(Result.objects.told_to(other.partner)) == [], "what is one partner's own is no other's"
    assert list(Result.objects.told_to(partner.partner)) == [result]


def test_the_town_corrects_what_a_partner_reported_and_the_partner_confirms(initiative, clerk):
    partner = somebody_of(initiative.agreement)
    result = confirm(report(initiative, FACTS, by=partner, at=AT), by=clerk, at=AT)
    correct(result, replace(FACTS, notes="係長に聞いた。"), by=clerk, at=AT, reason="メモ")
    assert result.state == ResultState.CONFIRMED, "notes of the town are no business of the partner"
    with pytest.raises(ResultRefused, match="何も変わっていません"):
        correct(result, facts_of(result), by=clerk, at=LATER, reason="?")
    correct(
        result,
        replace(FACTS, fiscal_year=2022, done_on=None, done_until=None),
        by=clerk,
        at=LATER,
        reason="年度",
    )
    assert (result.state, result.reported_side, result.confirmed_by) == (
        ResultState.REPORTED,
        Side.TOWN,
        None,
    )
    with pytest.raises(ResultRefused, match="差し戻してください"):
        correct(result, FACTS, by=partner, at=LATER, reason="違う")
    seen = Result.objects.get()
    take_back(result, by=clerk, at=LATER, reason="二重に報告した。")
    with pytest.raises(ResultRefused, match="ほかの人が先に"):
        take_back(seen, by=clerk, at=LATER, reason="二重に報告した。")
    with pytest.raises(ResultRefused, match="取り消された実績"):
        correct(result, FACTS, by=clerk, at=LATER, reason="違う")
    assert Result.objects.get().state == ResultState.WITHDRAWN
    assert not Result.objects.valid().exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"what": " "}, "行ったことを入れて"),
        ({"fiscal_year": 2024}, "令和6年度の日ではありません"),
        ({"fiscal_year": 2025, "done_on": None, "done_until": None}, "まだ始まっていません"),
        ({"fiscal_year": 2024, "done_on": date(2024, 4, 11), "done_until": None}, "まだ来ていません"),
        ({"done_until": date(2023, 6, 30)}, "終わりは"),
        ({"done_until": date(2024, 4, 1)}, "令和6年4月1日は令和5年度の日ではありません"),
        ({"done_on": None}, "始まりの日も"),
        ({"figures": {"来場者数": Decimal(1)}}, "使える指標: 受講者数"),
        ({"figures": {"受講者数": Decimal(-1)}}, "0以上"),
        ({"town_cost": -1}, "0円以上"),
        ({"reckoned": Reckoned(Decimal(0), "人", 100, "x")}, "0より大きい"),
        ({"reckoned": Reckoned(Decimal(10) ** 12, "人", 10**12, "x")}, "大きすぎます"),
        ({"reckoned": Reckoned(Decimal(1), "人", 100, " ")}, "額の根拠"),
    ],
)
def test_what_cannot_be_so_is_refused_with_what_to_do(initiative, clerk, facts, said):
    with pytest.raises(ResultRefused, match=said):
        report(initiative, replace(FACTS, **facts), by=clerk, at=AT)
    assert not Result.objects.exists()


def test_what_has_ended_takes_results_of_its_own_time_only(clerk):
    ended = an_initiative(state=InitiativeState.ENDED, ends_on=date(2023, 7, 15))
    for facts in (
        {},
        {"done_on": date(2023, 7, 16)},
        {"fiscal_year": 2022, "done_on": None, "done_until": None},
    ):
        with pytest.raises(ResultRefused, match="令和5年4月1日から令和5年7月15日まで"):
            report(ended, replace(FACTS, figures={}, **facts), by=clerk, at=AT)
    report(ended, replace(FACTS, figures={}, done_until=date(2023, 7, 15)), by=clerk, at=AT)
    report(ended, ResultFacts(YEAR, "日の分からないこと"), by=clerk, at=AT)


def test_nobody_outside_sees_a_result_before_it_is_confirmed_and_approved(initiative, clerk):
    result = report(initiative, FACTS, by=clerk, at=AT)
    everyone = partial(Result.objects.seen_by, Audience.public())
    propose_publication(result, public_text="講座を3回開きました。", actor=clerk)
    with pytest.raises(ResultRefused, match="確認がまだです"):
        approve([result], actor=clerk, at=LATER)
    confirm(result, by=clerk, at=AT, how="電話")
    assert not everyone().exists()
    assert approve([result], actor=clerk, at=LATER) == 1
    assert [one.public_words for one in everyone()] == ["講座を3回開きました。"]
    correct(result, replace(FACTS, public_text="講座を4回開きました。"), by=clerk, at=LATER, reason="回数")
    assert (result.publicity, everyone().count()) == (Publicity.PROPOSED, 0), "other words are approved again"
    confirm(result, by=clerk, at=LATER, how="電話")
    approve([result], actor=clerk, at=LATER)
    with pytest.raises(ResultRefused, match="公開をやめる理由"):
        withdraw_publication(result, actor=clerk, reason="")
    highlight(result, 1, actor=clerk)
    withdraw_publication(result, actor=clerk, reason="写真の人が望まない。")
    assert (everyone().count(), highlights(initiative.municipality, YEAR)) == (0, [])


def test_the_examples_of_a_year_stand_in_the_order_that_was_chosen(initiative, clerk):
    shown = {"state": ResultState.CONFIRMED, "publicity": Publicity.PUBLISHED}
    one, two, three = (a_result(initiative, what=what, **shown) for what in ("一", "二", "三"))
    for result in (one, two, three):
        highlight(result, 1, actor=clerk)
    assert [str(result) for result in highlights(initiative.municipality, YEAR)] == ["三", "二", "一"]
    highlight(one, 2, actor=clerk)
    assert [str(result) for result in highlight(two, None, actor=clerk)] == ["三", "一"]
    assert list(Result.objects.order_by("pk").values_list("highlight", flat=True)) == [2, None, 1]
    with pytest.raises(ResultRefused, match="公開している実績だけ"):
        highlight(a_result(initiative), 1, actor=clerk)


def test_a_picture_is_described_and_loses_place_and_day_before_anybody_outside_sees_it(
    initiative, clerk, photo
):
    result = report(initiative, FACTS, by=clerk, at=AT)
    with pytest.raises(ResultRefused, match="説明を入れて"):
        add_paper(result, photo, name="会場.jpg", description=" ", by=clerk)
    paper = add_paper(result, photo, name="会場.jpg", description="講座の会場", by=clerk)
    shown = public_picture(paper.document)
    assert b"SECRET PLACE" in photo
    assert b"SECRET PLACE" not in shown
    with Image.open(io.BytesIO(shown)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((800, 1600), {}), "upright, smaller, silent"
    for number in range(9):
        ResultPaper.objects.create(result=result, document=paper.document, description=str(number))
    with pytest.raises(ResultRefused, match="10点まで"):
        add_paper(result, photo, name="会場.jpg", description="もう一枚", by=clerk)
    remove_paper(paper, by=clerk, at=LATER)
    with pytest.raises(ResultRefused, match="もう外されて"):
        remove_paper(paper, by=clerk, at=LATER)
    assert ResultPaper.objects.filter(removed_at=LATER).get().document.content.size == len(photo)


@pytest.fixture
def photo() -> bytes:
    """A photograph that a telephone took lying on its side, with the place in it."""
    picture, told = Image.new("RGB", (3200, 1600), "green"), Image.Exif()
    told[0x0112], told[0x010E] = 6, "SECRET PLACE"
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=told)
    return written.getvalue()
