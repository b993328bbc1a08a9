"""What may be disposed of on a day: by kind of record, from the fiscal year after completion, unless held."""

from datetime import date

import pytest
from django.utils import timezone

from renkei.agreements.facts import PartyFacts, RenewalFacts
from renkei.agreements.services import end
from renkei.agreements.vocabulary import EndReason, Form, RenewalKind
from renkei.audit.models import Entry
from renkei.partners.models import PartnerKind
from renkei.retention.models import Subject
from renkei.retention.questions import due, outlook
from renkei.retention.services import RetentionRefused, hold, lift, set_rule
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
OVER = date(2024, 4, 1)
"""The first day after five years for what was completed in the fiscal year 2018."""


@pytest.fixture
def town():
    """A town that keeps individual agreements five years, those for disasters for ever, and names one year."""
    town = a_municipality()
    for kind, years in ((Form.INDIVIDUAL, 5), (Form.DISASTER, 0), ("personal", 1)):
        set_rule(town, kind, years, reason="文書管理規程", actor=None)
    return town


def ended(*, on: str = "2019-03-31", **facts):
    return an_agreement(signed="2010-04-01", starts="2010-04-01", ends=on, **facts)


def titles(town, day, subject=Subject.RECORDS) -> list[str]:
    return [one.title for one in due(subject, town, day)]


@pytest.mark.parametrize(
    "day, is_due", [("2024-03-31", False), ("2024-04-01", True), ("2030-01-01", True)], ids=str
)
def test_a_record_may_go_on_the_day_after_its_last_year(town, day, is_due):
    ended(title="終わった協定")
    assert (titles(town, date.fromisoformat(day)) == ["終わった協定"]) is is_due


def test_an_agreement_is_completed_by_its_ending_and_not_by_its_signing(town):
    agreement = an_agreement(
        title="途中で終わった協定", signed="2010-04-01", starts="2010-04-01", ends="2030-03-31"
    )
    assert titles(town, date(2029, 4, 1)) == []
    end(agreement, on=date(2023, 3, 31), reason=EndReason.BY_BOTH, actor=None)
    assert titles(town, date(2028, 3, 31)) == []
    assert titles(town, date(2028, 4, 1)) == ["途中で終わった協定"]


def test_what_goes_on_is_kept_and_so_is_what_has_no_known_term(town):
    ended(title="更新する協定", renewal=RenewalFacts(RenewalKind.AUTOMATIC, months=12))
    an_agreement(title="期間のない協定", signed="1990-01-01")
    assert titles(town, date(2090, 4, 1)) == []


def test_what_is_kept_for_ever_and_what_nobody_decided_about_is_never_due(town):
    ended(title="災害", form=Form.DISASTER)
    ended(title="定めのない種類", form=Form.COMPREHENSIVE)
    assert titles(town, date(2090, 4, 1)) == []


def test_another_towns_records_are_its_own_affair(town):
    ended(municipality=a_municipality("011002"))
    assert titles(town, OVER) == []


def test_names_have_a_time_of_their_own(town):
    person = (PartyFacts("見本 太郎", kind=PartnerKind.INDIVIDUAL),)
    signed = (PartyFacts("株式会社見本", signatory="代表取締役 見本 次郎"),)
    for title, parties in (("個人", person), ("署名", signed), ("会社", (PartyFacts("株式会社別"),))):
        with_parties(title, parties)
    assert titles(town, date(2020, 3, 31), Subject.NAMES) == []
    assert titles(town, date(2020, 4, 1), Subject.NAMES) == ["個人", "署名"]


def with_parties(title, parties):
    from renkei.agreements.facts import AgreementFacts, TermFacts
    from renkei.agreements.services import register

    facts = AgreementFacts(
        title=title, parties=parties, listed_on=OVER, term=TermFacts(date(2010, 4, 1), date(2019, 3, 31))
    )
    return register(facts, municipality=a_municipality(), actor=None)


def test_a_hold_stops_a_disposal_until_its_last_day(town):
    agreement = ended(title="係争中")
    hold(agreement, until=date(2025, 6, 30), reason="係争中のため", actor=a_user(), day=OVER)
    assert titles(town, date(2025, 6, 30)) == []
    assert titles(town, date(2025, 7, 1)) == ["係争中"]
    told = Entry.objects.latest("number")
    assert "令和7年6月30日まで" in told.sentence and told.reason == "係争中のため"


def test_a_hold_without_a_day_lasts_until_it_is_lifted_once(town):
    agreement = ended()
    placed = hold(agreement, until=None, reason="監査のため", actor=None, day=OVER)
    assert titles(town, date(2090, 4, 1)) == []
    with pytest.raises(RetentionRefused, match="すでに延長"):
        hold(agreement, until=None, reason="もう一度", actor=None, day=OVER)
    lift(placed, at=timezone.now(), reason="監査が終わった", actor=None)
    assert len(titles(town, OVER)) == 1
    with pytest.raises(RetentionRefused, match="すでに終わって"):
        lift(placed, at=timezone.now(), reason="監査が終わった", actor=None)


@pytest.mark.parametrize("reason, until", [("", None), ("  ", None), ("係争中", date(2020, 1, 1))])
def test_a_hold_wants_a_reason_and_a_day_to_come(town, reason, until):
    with pytest.raises(RetentionRefused):
        hold(ended(), until=until, reason=reason, actor=None, day=OVER)


@pytest.mark.parametrize(
    "kind, years, reason", [("individual", 7, "x"), ("vanished", 5, "x"), ("individual", 5, " ")]
)
def test_a_rule_is_one_of_the_classes_with_a_reason(town, kind, years, reason):
    with pytest.raises(RetentionRefused):
        set_rule(town, kind, years, reason=reason, actor=None)


def test_a_changed_rule_is_told_with_before_and_after(town):
    set_rule(town, Form.INDIVIDUAL, 10, reason="規程の改正", actor=a_user())
    told = Entry.objects.latest("number")
    assert told.changes == {"retention.retentionrule.years": ["5年", "10年"]}
    assert "個別連携協定と文書 10年" in told.sentence
    with pytest.raises(RetentionRefused, match="いまの定めと同じ"):
        set_rule(town, Form.INDIVIDUAL, 10, reason="規程の改正", actor=None)


@pytest.mark.parametrize(
    "facts, words",
    [
        (
            {"starts": "2010-04-01", "ends": "2019-03-31"},
            "平成31年3月31日に終わったので、平成31年4月1日から数えて",
        ),
        ({}, "次の年度の初めから数えて5年"),
        ({"form": Form.DISASTER}, "永久に"),
        ({"form": Form.SCHEME}, "まだ定めていません"),
    ],
    ids=["ended", "in force", "for ever", "no rule"],
)
def test_how_long_one_agreement_is_kept_is_a_sentence(town, facts, words):
    assert words in outlook(an_agreement(**facts), OVER)
