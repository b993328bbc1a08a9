"""What the slides and the one-page sheets say: the example, only approved results, nothing internal for the public."""

from datetime import date

import pytest

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.vocabulary import RenewalKind
from renkei.documents.publications.content import Bullet, Bullets, Paragraph
from renkei.initiatives.models import Evaluation, Indicator, RegularMeeting, ResultFigure
from renkei.initiatives.vocabulary import InitiativeState, Publicity
from renkei.partners.models import PartnerKind
from renkei.reports.models import Wording
from renkei.reports.papers.agreement_sheet import agreement_sheet
from renkei.reports.papers.cutting import cut_bullets, short, width
from renkei.reports.papers.lines import blocks_of, titled
from renkei.reports.papers.outline import lines_of
from renkei.reports.papers.partner_sheet import partner_sheet
from renkei.reports.papers.town_slides import town_slides
from tests.factories import a_division, a_municipality, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import AT, YEAR, a_result, an_initiative

DAY = date(2024, 6, 1)
CANARY = "カナリア"


def told(publication) -> str:
    """All that a paper says, a line each."""
    lines = [publication.title, publication.subtitle, publication.town]
    for part in publication.parts:
        lines += [part.heading, *(line for block in part.blocks for line in lines_of(block))]
    return "\n".join(lines)


def test_how_a_line_begins_says_what_it_is():
    assert blocks_of("前書き\n(1)提案\n　①申出\n　窓口：課\n（2）調整\n\n●　多い\n　後書き") == [
        Paragraph("前書き"),
        Bullets(
            (
                Bullet("提案", 0, "(1)"),
                Bullet("申出", 1, "①"),
                Bullet("窓口：課", 1, ""),
                Bullet("調整", 0, "（2）"),
            )
        ),
        Bullets((Bullet("多い", 0, "●"), Bullet("後書き", 1, ""))),
    ]
    assert titled("【計画2024】\n本文", "考え方") == ("【計画2024】", "本文")
    assert titled("本文【注】", "考え方") == ("考え方", "本文【注】")


def test_a_list_that_is_too_long_ends_with_how_many_more_there_are():
    work = [Bullet("題", 0, "(1)"), *(Bullet(f"取組{n}", 1, "■") for n in range(5)), Bullet("題2", 0, "(2)")]
    assert cut_bullets(work, 7, 20) == tuple(work)
    assert [one.text for one in cut_bullets(work, 4, 20)] == ["題", "取組0", "取組1", "ほか3件"]
    later = [*work, Bullet("取組5", 1, "■")]
    assert [one.text for one in cut_bullets(later, 8, 20)][-1] == "取組5"
    assert width(short("とても長い題名abc", 6)) <= 6
    assert short("短い\n題名", 6) == "短い 題名"


@pytest.mark.django_db
def test_the_example_is_the_one_chosen_else_the_newest_comprehensive_one_that_has_work():
    town = a_municipality()
    old = an_agreement(title="古い包括協定", form="comprehensive", signed="2020-04-01")
    an_agreement(title="取組のない包括協定", form="comprehensive", signed="2024-04-01")
    special = an_agreement(title="個別協定", signed="2024-05-01")
    an_initiative(old, title="続く取組")
    an_initiative(old, title="検討中の取組", state=InitiativeState.IDEA)
    an_initiative(old, title="終えた取組", state=InitiativeState.ENDED, ends_on=date(2024, 5, 31))
    an_initiative(special, title="特別な取組")
    slides = told(town_slides(town, DAY, YEAR))
    assert "古い包括協定" in slides
    assert "■ 続く取組" in slides
    assert "検討中の取組" not in slides
    assert "終えた取組" not in slides
    assert "実績の例" not in slides
    Wording.objects.create(municipality=town, place="example", text=special.public_id)
    assert "■ 特別な取組" in told(town_slides(town, DAY, YEAR))


@pytest.mark.django_db
def test_the_years_examples_stand_in_their_order_and_only_those_approved_for_everyone():
    initiative = an_initiative()
    for place, text in ((2, "あとの例"), (1, "さきの例")):
        a_result(initiative, highlight=place, publicity=Publicity.PUBLISHED, public_text=text)
    a_result(initiative, highlight=3, publicity=Publicity.PROPOSED, public_text=CANARY)
    a_result(initiative, highlight=4, publicity=Publicity.PUBLISHED, public_text=CANARY, state="withdrawn")
    slides = told(town_slides(initiative.municipality, DAY, YEAR))
    assert "【令和５年度取組実績の例】\n・ さきの例\n・ あとの例" in slides
    assert CANARY not in slides


@pytest.fixture
def agreement():
    """Ends on 31 March 2025 unless renewed, notice a month before; with contact, meeting, evaluation, figures."""
    made = an_agreement(
        title="物資の協定",
        partners=("株式会社見本", "見本 太郎"),
        starts="2024-04-01",
        ends="2025-03-31",
        renewal=RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=1),
        division=a_division(name="防災課"),
        published=True,
        notes=CANARY,
    )
    company, person = (party.organisation for party in made.partners)
    person.kind = PartnerKind.INDIVIDUAL
    person.save()
    company.address, company.notes = f"{CANARY}町1", CANARY
    company.save()
    a_correspondent(
        municipality=made.municipality, organisation=company, name=f"{CANARY}担当", email="c@example.com"
    )
    work = an_initiative(made, town_person=CANARY, partner_person=CANARY)
    an_initiative(made, title=f"{CANARY}の取組", is_public=False)
    counted = Indicator.objects.create(initiative=work, position=1, name="受講者数", unit="人")
    shown = a_result(work, what=f"{CANARY}と120人", public_text="120人が受講", publicity=Publicity.PUBLISHED)
    ResultFigure.objects.create(result=shown, indicator=counted, value=120)
    a_result(work, what=f"{CANARY}庁内の実績")
    a_result(work, what="先の実績", fiscal_year=2024, done_on=date(2024, 6, 2))
    Evaluation.objects.create(
        municipality=made.municipality,
        agreement=made,
        fiscal_year=2023,
        verdict="continue",
        reasons=CANARY,
        evaluated_at=AT,
    )
    meeting = RegularMeeting.objects.create(
        municipality=made.municipality, title=f"{CANARY}協議会", held_on=date(2024, 7, 1)
    )
    meeting.agreements.add(made)
    return made


@pytest.mark.django_db
def test_the_sheets_for_the_public_hold_nothing_internal_and_those_for_staff_what_they_need(agreement):
    company, person = (party.organisation for party in agreement.partners)
    assert partner_sheet(person, DAY).title == "個人"
    for sheet in (agreement_sheet(agreement, DAY), partner_sheet(company, DAY), partner_sheet(person, DAY)):
        assert CANARY not in told(sheet)
        assert "見本 太郎" not in told(sheet)
        assert "120人が受講　受講者数 120人" in told(sheet)
        assert "先の実績" not in told(sheet)
    staff = told(agreement_sheet(agreement, DAY, internal=True))
    for words in (
        "見本 太郎",
        "令和6年4月1日から令和7年3月31日まで",
        "次の申出期限　令和7年2月28日",
        f"令和6年7月1日 {CANARY}協議会",
        "令和5年度 続ける",
        f"{CANARY}担当",
        f"{CANARY}庁内の実績",
    ):
        assert words in staff
    assert f"{CANARY}町1" in told(partner_sheet(company, DAY, internal=True))
