"""Results as everyone reads them: the approved wording, names of partners but of no individual, figures, pictures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from renkei.agreements.models import Party
from renkei.initiatives.models import Result, ResultPaper
from renkei.initiatives.models.result import ResultQuerySet
from renkei.initiatives.valuing import formula_of
from renkei.rules.written_amounts import grouped


@dataclass(frozen=True)
class PublicResult:
    """One result with what is told beside it."""

    result: Result
    partners: list[str]
    figures: list[str]
    pictures: list[ResultPaper]
    formula: str

    @property
    def words(self) -> str:
        """The approved wording."""
        return self.result.public_words


def with_everything(results: ResultQuerySet) -> ResultQuerySet:
    """The results with all that a page or a download tells of them, in few questions."""
    parties = Party.objects.select_related("organisation").exclude(organisation=None)
    papers = ResultPaper.objects.filter(
        is_public=True, removed_at=None, document__media_type__startswith="image/"
    )
    related = results.select_related(
        "agreement", "municipality", "division", "initiative__field", "initiative__item", "organisation"
    )
    told: ResultQuerySet = related.prefetch_related(
        "figures__indicator",
        Prefetch("papers", papers.select_related("document")),
        Prefetch("agreement__parties", parties),
    )
    return told


def public_results(results: Iterable[Result]) -> list[PublicResult]:
    """The results read `with_everything`, told for everyone."""
    return [public_result(one) for one in results]


def public_result(result: Result) -> PublicResult:
    """A result read `with_everything`, told for everyone."""
    return PublicResult(
        result,
        partner_names(result),
        [f"{one.indicator.name} {grouped(one.value)}{one.indicator.unit}" for one in result.figures.all()],
        list(result.papers.all()),
        formula_of(result),
    )


def partner_names(result: Result) -> list[str]:
    """The partners' names as they signed; the one that did it, where several signed and one is told."""
    parties = list(result.agreement.parties.all())
    doing = [party for party in parties if party.organisation_id == result.organisation_id]
    return [party.public_name for party in doing or parties]
