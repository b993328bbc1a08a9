"""What is still missing before a paper of the town can be handed on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.initiatives.models import Campaign, Evaluation, Result
from renkei.initiatives.vocabulary import Publicity, ResultState
from renkei.reports.models import Wording
from renkei.reports.wording_checks import disagreements
from renkei.reports.wording_places import PLACES
from renkei.reports.wordings import Words
from renkei.rules.japanese_calendar import fiscal_year_name, japanese_date


@dataclass(frozen=True)
class Lack:
    """Something that is missing, in a sentence; `about` names the pages where it is put right, `at` the place there.

    `state` narrows a list to what is missing.
    """

    sentence: str
    about: str
    at: str = ""
    state: str = ""


def lacks_of_results(words: Words) -> Iterator[Lack]:
    """What is missing of the year's results: the campaign's closing, confirmations, approvals."""
    year = fiscal_year_name(words.year)
    campaign = Campaign.objects.of(words.town).filter(fiscal_year=words.year).first()
    if campaign is None:
        yield Lack(_("%(year)sの実績調査を始めていません。") % {"year": year}, "campaigns")
    elif campaign.closed_at is None:
        yield Lack(_("%(year)sの実績調査を締めていません。") % {"year": year}, "campaigns")
    results = Result.objects.of(words.town).of_year(words.year)
    if waiting := results.filter(state=ResultState.REPORTED).count():
        yield Lack(
            _("%(year)sの実績のうち%(count)s件が確認待ちです。") % {"year": year, "count": waiting},
            "results",
            state=ResultState.REPORTED,
        )
    if proposed := results.valid().filter(publicity=Publicity.PROPOSED).count():
        yield Lack(
            _("%(year)sの実績のうち%(count)s件が公開の承認待ちです。") % {"year": year, "count": proposed},
            "results_publication",
        )


def lacks_of_examples(words: Words) -> Iterator[Lack]:
    """Whether results were chosen and approved as the year's examples."""
    chosen = Result.objects.of(words.town).of_year(words.year).valid().filter(highlight__isnull=False)
    hidden = chosen.exclude(publicity=Publicity.PUBLISHED).count()
    if not chosen.exists():
        told = {"year": fiscal_year_name(words.year)}
        yield Lack(
            _("%(year)sの実績の例を選んでいません。実績の例の頁は載りません。") % told, "results_highlights"
        )
    elif hidden:
        yield Lack(
            _("実績の例のうち%(count)s件は公開を承認していないため、載りません。") % {"count": hidden},
            "results_highlights",
        )


def lacks_of_evaluations(words: Words) -> Iterator[Lack]:
    """How many agreements of the year are not evaluated."""
    last_day = date(words.year + 1, 3, 31)
    agreements = Agreement.objects.of(words.town).in_force_on(last_day)
    total = agreements.count()
    evaluated = Evaluation.objects.of(words.town).filter(
        fiscal_year=words.year, agreement__in=agreements.order_by().values("pk")
    )
    if (done := evaluated.count()) < total:
        told = {"year": fiscal_year_name(words.year), "done": done, "total": total}
        yield Lack(
            _("%(year)sの評価は%(total)s件中%(done)s件が済んでいます。") % told, "evaluations", state="open"
        )


def lacks_of_words(words: Words) -> Iterator[Lack]:
    """Places where our words stand, remarks that nobody wrote for the day, numbers that the register contradicts."""
    own = set(Wording.objects.filter(municipality=words.town, on=None).values_list("place", flat=True))
    ours = [
        str(place.title) for place in PLACES.values() if place.key not in own and needs_the_town(place.key)
    ]
    if ours:
        told = {"count": len(ours), "places": "、".join(ours)}
        yield Lack(_("%(count)sか所が標準の文のままです(%(places)s)。") % told, "wordings")
    if not words.written("remarks").is_own:
        day = japanese_date(words.on)
        yield Lack(
            _("%(day)sの「分野ごとの特徴」は、登録簿から自動で書いた文です。") % {"day": day},
            "wordings",
            "remarks",
        )
    for place in PLACES:
        for one in disagreements(words.written(place), words):
            yield Lack(f"{PLACES[place].title}: {one.sentence}", "wordings", place)


def needs_the_town(place: str) -> bool:
    """Whether the words are of a kind that no other town can write: not a heading or a list filled with fields."""
    return place in ("purpose", "forms", "flow", "principles", "closing")
