"""The yearly book: what was done under the agreements in a fiscal year, field by field, with figures and pictures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import override

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.agreements.versions import as_of
from renkei.documents.publications.content import (
    Block,
    Chart,
    Numbers,
    Paragraph,
    Part,
    Picture,
    Publication,
    Table,
)
from renkei.initiatives.dormancy import dormant
from renkei.initiatives.models import Evaluation, Result
from renkei.initiatives.pictures import kind_of_picture, public_picture
from renkei.initiatives.vocabulary import Verdict
from renkei.municipalities.models import Municipality
from renkei.reports.charts import bar_svg
from renkei.reports.figures import Row
from renkei.reports.papers.agreement_rows import NAMES, NO_FIELD, agreements_table, called, chapter_of
from renkei.reports.papers.result_rows import results_table
from renkei.reports.work import WorkFigures, work_figures
from renkei.rules.japanese_calendar import fiscal_year_name

OWN = 3
"""From so many results on an agreement has its own head."""
MOST_PICTURES = 20
"""Pictures of a book: each is drawn anew in a process of its own."""


def yearly_book(town: Municipality, fiscal_year: int, on: date) -> Publication:
    """The book of a fiscal year, for the town's own people and whoever it hands it to; as it is recorded."""
    with override("ja"):
        return Publication(
            title=f"{fiscal_year_name(fiscal_year)} 連携協定 取組実績報告書",
            subtitle="",
            town=town.name,
            day=on,
            parts=tuple(_parts(town, fiscal_year, on)),
        )


def _parts(town: Municipality, year: int, on: date) -> Iterator[Part]:
    audience = Audience.staff(town)
    figures = work_figures(audience, year, on=on)
    results = _results(town, year)
    agreements = {
        one.pk: as_of(one, on)
        for one in Agreement.objects.of(town)
        .filter(pk__in={one.agreement_id for one in results})
        .with_everything()
        .prefetch_related("amendments")
    }
    yield Part("概要", tuple(_summary(figures, town.name)))
    yield from _chapters(town, results, agreements)
    yield Part("協定の評価", tuple(_evaluations(town, year, on)))
    yield Part("動きのない協定", (_quiet(town, on),))
    found = Agreement.objects.of(town).in_force_on(on).with_everything().prefetch_related("amendments")
    heading = f"付録　有効な協定の一覧({len(found):,}件)"
    yield Part(
        heading, (agreements_table(found, town, on) if found else Paragraph("有効な協定はありません。"),)
    )


def _results(town: Municipality, year: int) -> list[Result]:
    found = Result.objects.of(town).of_year(year).valid().select_related("initiative__item")
    told = found.prefetch_related("figures__indicator", "papers__document")
    return list(told.order_by("agreement", "initiative__position", "done_on", "pk"))


def _summary(figures: WorkFigures, town: str) -> Iterator[Block]:
    yield Numbers(
        (
            ("取組", f"{figures.initiatives:,}件"),
            ("実績", f"{figures.results:,}件"),
            ("相手方", f"{figures.partners:,}"),
            ("実績のある協定", f"{figures.with_results:,}件"),
        )
    )
    share = "" if figures.share is None else f"(協定の{figures.share}%)"
    yield Paragraph(
        f"この年度に有効だった協定は{figures.agreements:,}件で、このうち{figures.with_results:,}件{share}に実績がありました。"
    )
    if figures.value.told:
        yield Paragraph(
            f"{town}にとっての効果額は、金額に表せた{figures.value.told:,}件の合計で{figures.value.yen:,}円です。"
            f"費用は、{town}が{figures.town_cost.yen:,}円、相手方が{figures.partner_cost.yen:,}円を負担しました(記録のあるもの)。"
        )
    if figures.response and figures.response.asked:
        yield Paragraph(
            f"実績調査では{figures.response.asked:,}項目を尋ね、{figures.response.answered:,}項目に回答がありました。"
        )
    if figures.by_field:
        yield Chart(
            bar_svg(figures.by_field, "分野別の実績の数", is_titled=False),
            "分野別の実績の数",
            _table("分野", figures.by_field),
        )
    for head, rows in (
        ("実績の種類", figures.by_result),
        ("相手方の区分", figures.by_kind),
        ("担当課", figures.by_division),
    ):
        if rows:
            yield _table(head, rows)


def _table(head: str, rows: Iterable[Row]) -> Table:
    return Table((head, "実績"), tuple((row.label, f"{row.count:,}") for row in rows), (6, 2), (1,))


def _chapters(
    town: Municipality, results: Sequence[Result], agreements: dict[int, Agreement]
) -> Iterator[Part]:
    """A chapter for each field, in the order of the fields; each agreement is told once."""
    by_agreement: dict[int, list[Result]] = defaultdict(list)
    for one in results:
        by_agreement[one.agreement_id].append(one)
    chapters: dict[str, list[int]] = defaultdict(list)
    for pk in by_agreement:
        chapters[chapter_of(agreements[pk])].append(pk)
    pictures = _Pictures()
    for name in [*NAMES.values(), NO_FIELD]:
        listed = sorted(chapters.get(name, ()), key=lambda pk: (agreements[pk].title, pk))
        if listed:
            told = [(agreements[pk], by_agreement[pk]) for pk in listed]
            yield Part(name, tuple(_of_field(told, town.name, pictures)))


def _of_field(
    told: Iterable[tuple[Agreement, list[Result]]], town: str, pictures: "_Pictures"
) -> Iterator[Block]:
    """The agreements of a chapter: one with much work or a picture has its own head, the others share a table."""
    others: list[tuple[str, Result]] = []
    has_heads = False
    for agreement, results in told:
        name = called(agreement)
        shown = list(pictures.of(results))
        if not shown and len(results) < OWN:
            others += [(name, one) for one in results]
            continue
        has_heads = True
        yield Paragraph(name, "heading")
        yield results_table((("", one) for one in results), town)
        yield from shown
    if others:
        if has_heads:
            yield Paragraph("そのほかの協定", "heading")
        yield results_table(others, town)


class _Pictures:
    """The first picture of an agreement's results that may be shown to everyone, while there is room in the book."""

    def __init__(self) -> None:
        self.left = MOST_PICTURES

    def of(self, results: Sequence[Result]) -> Iterator[Picture]:
        """The picture of an agreement, or none."""
        papers = [paper for result in results for paper in result.papers.all()]
        for paper in papers:
            if self.left and paper.is_picture and paper.is_public and paper.removed_at is None:
                content = public_picture(paper.document)
                if content:
                    self.left -= 1
                    yield Picture(content, kind_of_picture(content), paper.description)
                    return


def _evaluations(town: Municipality, year: int, on: date) -> Iterator[Block]:
    found = Evaluation.objects.of(town).filter(fiscal_year=year).select_related("agreement")
    found = found.prefetch_related("agreement__amendments", "agreement__parties__organisation")
    listed = list(found.order_by("verdict", "agreement__title", "pk"))
    if not listed:
        yield Paragraph("この年度の評価は記録されていません。")
        return
    yield Numbers(
        tuple(
            (str(label), f"{sum(one.verdict == verdict for one in listed):,}件")
            for verdict, label in Verdict.choices
        )
    )
    rows = [
        (
            called(as_of(one.agreement, on)),
            str(one.get_verdict_display()),
            one.achievements or one.reasons,
            one.next_steps,
        )
        for one in listed
    ]
    yield Table(("協定", "評価", "成果・理由", "次に行うこと"), tuple(rows), (6, 3, 7, 5))


def _quiet(town: Municipality, on: date) -> Paragraph:
    count = len(dormant(town, on))
    if not count:
        return Paragraph("二年度にわたって実績のない協定などは、ありません。")
    return Paragraph(
        f"二年度にわたって実績がないなど、動きのない協定は{count:,}件です。今後の扱いを担当課と検討します。"
    )
