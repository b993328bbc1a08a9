"""What the search must answer, found the slow way: by reading every agreement."""

from collections.abc import Iterable
from datetime import date

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.rules.ngrams import folded_text, matches, parse_query
from renkei.search.asking import Asked
from renkei.search.finding import find_all
from tests.factories import a_municipality

DAY = date(2024, 6, 1)


def ask(text: str = "", *, internal: bool = True, town: str | None = "012041", **more: object) -> Asked:
    """A question of the town's staff, or of everyone."""
    municipality = a_municipality(town) if town else None
    audience = Audience.staff(municipality) if internal and municipality else Audience.public(municipality)
    return Asked(text, audience, more.pop("day", DAY), **more)  # type: ignore[arg-type]


def titles(question: Asked) -> list[str]:
    """The titles of everything found, in order."""
    by_pk = dict(Agreement.objects.values_list("pk", "title"))
    return [by_pk[pk] for pk in find_all(question)]


def texts_of(agreement: Agreement, *, internal: bool) -> Iterable[str]:
    """All texts of an agreement that the audience may search."""
    yield from (agreement.title, agreement.purpose, agreement.series.name if agreement.series else "")
    yield from agreement.items.values_list("heading", flat=True)
    for party in agreement.parties.all():
        yield from (party.name_as_signed, party.duties)
        if party.organisation:
            yield party.organisation.name
            yield from party.organisation.names.values_list("name", flat=True)
        if internal:
            yield from (party.unit, party.signatory, party.remark)
    if internal:
        yield from (agreement.notes, *agreement.remarks)


class Scan:
    """All folded texts, read once."""

    def __init__(self) -> None:
        self.agreements = list(Agreement.objects.select_related("municipality", "series"))
        self.texts = {
            internal: {
                one.pk: "\n".join(map(folded_text, texts_of(one, internal=internal)))
                for one in self.agreements
            }
            for internal in (False, True)
        }

    def find(self, question: Asked) -> set[int]:
        """The agreements that a scan finds."""
        query = parse_query(question.text)
        audience = question.audience
        return {
            one.pk
            for one in self.agreements
            if (audience.municipality is None or one.municipality == audience.municipality)
            and (audience.internal or one.is_published)
            and matches(self.texts[audience.internal][one.pk], query)
        }
