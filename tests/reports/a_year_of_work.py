"""A town in 令和5年度 in which much changed: a reorganisation, a merger of partners, an amendment, an ending."""

from datetime import date
from types import SimpleNamespace

from renkei.agreements.facts import PartyFacts, RenewalFacts
from renkei.agreements.models import Field, Series
from renkei.agreements.services import amend, end, merge_partners
from renkei.agreements.services.amend import Amended
from renkei.agreements.vocabulary import EndReason, Form, RenewalKind
from renkei.initiatives.vocabulary import InitiativeState, ResultKind, ResultState
from renkei.municipalities.models import DivisionSuccession
from renkei.partners.models import Organisation
from tests.factories import a_division, a_municipality, an_agreement
from tests.work_factories import a_result, an_initiative

YEAR = 2023
DAY = date(2024, 6, 1)
KINDS = {
    "株式会社見本": "company", "見本みずほ商店": "company", "見本大学": "university", "見本組合": "association",
    "見本高等学校": "school",
}  # fmt: skip


def a_year_of_work() -> SimpleNamespace:
    """Six agreements in force in the year, six valid results of four of them, four initiatives under way."""
    old = a_division(name="環境課", closed_on=date(2023, 9, 30))
    new = a_division(name="環境政策課", opened_on=date(2023, 10, 1))
    disaster = a_division(name="防災課")
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2023, 10, 1))
    series = Series.objects.create(municipality=a_municipality(), name="マイバッグ推進に関する協定")
    bags = an_agreement(
        title="マイバッグ推進に関する協定", signed="2020-04-01", division=old, series_id=series.pk,
        fields=("environment.bags", "environment.waste"), form=Form.SCHEME,
    )  # fmt: skip
    amended = an_agreement(
        title="健康づくりの協定",
        signed="2021-04-01",
        partners=("見本大学",),
        fields=("health",),
        division=disaster,
    )
    ended = an_agreement(
        title="物資の協定", signed="2019-04-01", partners=("見本みずほ商店",), fields=("disaster.support",),
        form=Form.DISASTER, division=disaster,
    )  # fmt: skip
    many = an_agreement(
        title="包括連携協定", signed="2022-10-01", partners=("株式会社見本", "見本大学", "見本組合"),
        fields=("health", "other"), form=Form.COMPREHENSIVE,
    )  # fmt: skip
    renewing = an_agreement(
        title="毎年続く協定", signed="2019-04-01", starts="2019-04-01", ends="2020-03-31", partners=("見本組合",),
        renewal=RenewalFacts(RenewalKind.AUTOMATIC, months=12),
    )  # fmt: skip
    fresh = an_agreement(title="新しい協定", signed="2023-07-01", partners=("見本組合",))
    for name, kind in KINDS.items():
        Organisation.objects.filter(name=name).update(kind=kind)
    results = _results(bags, amended, ended, many, new)
    _what_changed(amended, ended)
    return SimpleNamespace(**results, bags=bags, renewing=renewing, fresh=fresh, many=many, old=old, new=new)


def _results(bags, amended, ended, many, new):
    shop = Organisation.objects.get(name="見本みずほ商店")
    university = Organisation.objects.get(name="見本大学")
    collected = an_initiative(bags)
    lectures = an_initiative(amended, field=Field.objects.get(slug="health"))
    goods = an_initiative(ended, ends_on=date(2023, 12, 31), state=InitiativeState.ENDED)
    together = an_initiative(many)
    an_initiative(many, state=InitiativeState.IDEA, title="まだ考えている取組")
    an_initiative(many, begins_on=date(2025, 4, 1), title="来年度からの取組")
    value = {"value_quantity": 30, "value_price": 5000, "value": 150_000}
    valued = a_result(collected, kind=ResultKind.GOODS, **value)
    a_result(collected, division=new, town_cost=5000)
    a_result(lectures, partner_cost=20_000, town_cost=0)
    a_result(goods, organisation=shop, kind=ResultKind.GOODS)
    a_result(together)
    a_result(together, organisation=university)
    a_result(together, state=ResultState.WITHDRAWN)
    a_result(together, state=ResultState.SENT_BACK)
    a_result(together, fiscal_year=2022)
    elsewhere = a_municipality("131016")
    a_result(an_initiative(an_agreement(municipality=elsewhere)))
    return {"valued": valued, "collected": collected}


def _what_changed(amended, ended):
    """The other school joins after the year; one agreement ends in it; two records turn out to be one company."""
    joining = Amended(title="健康と学びの協定", joining=(PartyFacts("見本高等学校"),))
    amend(amended, joining, on=date(2024, 4, 1), summary="学校の参加", actor=None)
    Organisation.objects.filter(name="見本高等学校").update(kind="school")
    end(ended, on=date(2023, 12, 31), reason=EndReason.BY_BOTH, actor=None)
    known = Organisation.objects.of(a_municipality())
    company, shop = (known.get(name=name) for name in ("株式会社見本", "見本みずほ商店"))
    merge_partners(company, shop, actor=None)
