"""The slides with which a town explains its agreements: why, how, an example, how many, and what came of them."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from renkei.agreements.models import Agreement
from renkei.agreements.versions import as_of
from renkei.agreements.vocabulary import Form
from renkei.documents.publications.content import Block, Bullet, Bullets, Flow, Paragraph, Part, Publication
from renkei.initiatives.models import Initiative, Result
from renkei.initiatives.vocabulary import InitiativeState, Publicity
from renkei.municipalities.models import Municipality
from renkei.reports.papers.lines import blocks_of, titled
from renkei.reports.wording_places import PLACES
from renkei.reports.wordings import Words


def town_slides(town: Municipality, on: date, fiscal_year: int, *, words: Words | None = None) -> Publication:
    """The town's slides as of a day, with the results of a fiscal year; raises UnknownFields."""
    words = words or Words(town, on, fiscal_year)
    with override("ja"):
        return Publication(
            title=words.at("title"),
            subtitle="",
            town=town.name,
            day=on,
            parts=tuple(_parts(words)),
        )


def _parts(words: Words) -> Iterator[Part]:
    yield _in_words(words, "purpose")
    yield Part(str(PLACES["image"].title), (Flow(tuple(words.at("image").splitlines())),))
    yield _in_words(words, "forms")
    yield _in_words(words, "flow")
    if agreement := example(words):
        yield Part(agreement.title, tuple(_items(agreement, words.on)))
    total, _newline, more = words.at("totals").partition("\n")
    yield Part(total, (*blocks_of(more), *blocks_of(words.at("remarks"))))
    if found := results(words):
        bullets = Bullets(tuple(Bullet(one.public_words, 0, "・") for one in found))
        yield Part(words.at("results_heading"), (bullets,))
    heading, text = titled(words.at("principles"), str(PLACES["principles"].title))
    yield Part(heading, (*blocks_of(text), Paragraph(words.at("closing").strip(), "lead")))


def _in_words(words: Words, place: str) -> Part:
    return Part(str(PLACES[place].title), tuple(blocks_of(words.at(place))))


def example(words: Words) -> Agreement | None:
    """The agreement that the town chose; else the newest comprehensive one of the day that has work in its list."""
    of_town = Agreement.objects.of(words.town)
    if chosen := of_town.filter(public_id=words.at("example")).first():
        return chosen
    working = Initiative.objects.of(words.town).order_by().values("agreement")
    in_force = of_town.in_force_on(words.on).filter(form=Form.COMPREHENSIVE, pk__in=working)
    return in_force.order_by("-signed_on", "-pk").first()


def _items(agreement: Agreement, on: date) -> Iterator[Block]:
    """Each item with what is done under it; work without an item comes last."""
    shown = as_of(agreement, on)
    under: dict[int | None, list[Bullet]] = {}
    for one in going_on(agreement, on):
        under.setdefault(one.item_id, []).append(Bullet(one.title, 1, "■"))
    bullets: list[Bullet] = []
    for place, item in enumerate(shown.items.all(), start=1):
        bullets += [Bullet(item.heading, 0, f"({place})"), *under.pop(item.pk, [])]
    for left in under.values():
        bullets += left
    if bullets:
        yield Bullets(tuple(bullets))
    else:
        yield Paragraph(agreement.purpose)


def going_on(agreement: Agreement, on: date) -> list[Initiative]:
    """The work under an agreement that is agreed and not over on the day, in the order of its list."""
    agreed = Initiative.objects.about(agreement).exclude(state=InitiativeState.IDEA)
    return [one for one in agreed.select_related("item") if not (one.ends_on and one.ends_on < on)]


def results(words: Words) -> list[Result]:
    """The year's examples in their order: only what was approved for everyone."""
    chosen = Result.objects.of(words.town).of_year(words.year).valid().filter(highlight__isnull=False)
    return list(chosen.filter(publicity=Publicity.PUBLISHED).order_by("highlight", "pk"))
