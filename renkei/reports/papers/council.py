"""The council's paper: how many agreements there are on a day, what is new in the year, field by field."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.documents.publications.content import Chart, Numbers, Paragraph, Part, Publication, Table
from renkei.municipalities.models import Municipality
from renkei.reports.charts import bar_svg, column_svg
from renkei.reports.counts import is_within
from renkei.reports.figures import Figures, Row, series_from
from renkei.reports.papers.agreement_rows import agreements_table
from renkei.reports.papers.lines import blocks_of
from renkei.reports.wordings import Words
from renkei.rules.japanese_calendar import japanese_date

YEARS = 10


def council_paper(town: Municipality, on: date, *, words: Words | None = None) -> Publication:
    """The paper as of a day; raises UnknownFields where the town's words have a field that nobody fills."""
    words = words or Words(town, on)
    with override("ja"):
        return Publication(
            title=f"{town.name}の連携協定の状況",
            subtitle="",
            town=town.name,
            day=on,
            parts=tuple(_parts(words)),
        )


def _parts(words: Words) -> Iterator[Part]:
    figures, on = words.figures, words.on
    new = newly_signed(words)
    numbers = Numbers((("有効な協定", f"{figures.total:,}件"), ("この一年に締結", f"{figures.signed:,}件")))
    years = series_from(words.counts, on, years=YEARS)
    table = Table(
        ("時点", "有効な協定", "その一年に締結"),
        tuple((point.label, f"{point.count:,}", f"{point.signed:,}") for point in years),
        (3, 2, 2),
        (1, 2),
    )
    since = f"{japanese_date(figures.since)}から{japanese_date(on)}まで"
    counted = Paragraph(f"「この一年」は、{since}です。", "note")
    growth = Chart(
        column_svg(years, "有効な協定の数の移り変わり", is_titled=False), "有効な協定の数の移り変わり", table
    )
    yield Part("協定の数", (numbers, counted, *([growth] if years else [])))
    if figures.by_field:
        shown = by_field(figures, new)
        drawn = Chart(
            bar_svg(figures.by_field, "分野別の協定の数", is_titled=False), "分野別の協定の数", shown
        )
        note = Paragraph("一つの協定が複数の分野に入るため、分野の数の合計は協定の数と一致しません。", "note")
        yield Part("分野別の数", (drawn, note))
    if remarks := words.at("remarks"):
        yield Part("分野ごとの特徴", tuple(blocks_of(remarks)))
    yield Part(
        "相手方と担当課",
        (_table("相手方の区分", figures.by_partner_kind), _table("担当課", figures.by_division)),
    )
    listed = (
        agreements_table(new, words.town, on) if new else Paragraph("この一年に締結した協定はありません。")
    )
    yield Part(f"この一年に締結した協定({len(new)}件)", (listed,))


def newly_signed(words: Words) -> list[Agreement]:
    """The agreements in force that were certainly signed within the year."""
    seen = Agreement.objects.seen_by(Audience.staff(words.town)).in_force_on(words.on)
    found = seen.with_everything().prefetch_related("amendments")
    days = words.figures.since, words.on
    return [one for one in found if is_within(one.signed_as, *days)]


def by_field(figures: Figures, new: list[Agreement]) -> Table:
    """The fields of both levels with all agreements and the new ones; each agreement once in each."""
    rows = []
    for top in figures.by_field:
        for row in (top, *top.below):
            slug = row.groups[0].removeprefix("field:") if row.groups else ""
            fresh = sum(any(_is_in(link.field.slug, slug) for link in one.field_links.all()) for one in new)
            rows.append((("　" if row is not top else "") + row.label, f"{row.count:,}", f"{fresh:,}"))
    return Table(("分野", "有効な協定", "この一年に締結"), tuple(rows), (6, 2, 2), (1, 2))


def _is_in(slug: str, field: str) -> bool:
    return bool(field) and (slug == field or slug.startswith(f"{field}."))


def _table(head: str, rows: list[Row]) -> Table:
    return Table((head, "有効な協定"), tuple((row.label, f"{row.count:,}") for row in rows), (6, 2), (1,))
