"""One page about one partner: what is agreed with it, what is done, and what came of it."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import override

from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement
from renkei.agreements.outlook import outlook_as_of
from renkei.documents.publications.content import Block, Bullet, Bullets, Paragraph, Part, Publication, Table
from renkei.initiatives.valuing import totals
from renkei.partners.models import Organisation, PartnerKind
from renkei.reports.papers import sheet_facts as facts
from renkei.reports.papers.cutting import cut, cut_bullets, rest, short
from renkei.rules.japanese_calendar import japanese_date, japanese_partial

MOST_AGREEMENTS = 6
MOST_LINES = 8
MOST_RESULTS = 7
MOST_CONTACTS = 3
LINE = 50


def partner_sheet(partner: Organisation, on: date, *, internal: bool = False) -> Publication:
    """A sheet of one A4 page as of the day; `internal` adds contacts, address and meeting, for the town itself."""
    with override("ja"):
        return Publication(
            title=short(_name(partner, on, internal=internal), 80),
            subtitle="連携の相手方のあらまし",
            town=partner.municipality.name,
            day=on,
            parts=tuple(_parts(partner, on, internal=internal)),
        )


def _name(partner: Organisation, on: date, *, internal: bool) -> str:
    """The name of the day; of an individual everyone else hears only that it is one."""
    return "個人" if partner.kind == PartnerKind.INDIVIDUAL and not internal else partner.name_on(on)


def _parts(partner: Organisation, on: date, *, internal: bool) -> Iterator[Part]:
    audience = facts.audience_of(partner.municipality, internal=internal)
    held = Agreement.objects.seen_by(audience).in_force_on(on).with_partner(partner)
    agreements = list(held.with_everything().order_by("-signed_on", "-pk"))
    yield Part("相手方", (_facts(partner, on, internal=internal),))
    yield Part(f"有効な協定({len(agreements)}件)", (_agreements(agreements, on),))
    work = facts.work_of(agreements, audience, on)
    bullets = [Bullet(f"{one.title}[{one.get_state_display()}]", 0, "■") for one in work]
    blocks: tuple[Block, ...] = (
        (Bullets(cut_bullets(bullets, MOST_LINES, LINE)),) if bullets else (_none("取組"),)
    )
    yield Part(f"取組({facts.counted(work)})" if work else "取組", blocks)
    results = facts.results_of(agreements, audience, on)
    table = facts.results_table(results, audience, MOST_RESULTS) or _none("実績")
    told = totals(results)
    valued = [Paragraph(f"市にとっての効果額 {told.value:,}円({told.valued}件分)")] if told.valued else []
    yield Part(f"最近二年度の実績({len(results)}件)" if results else "最近二年度の実績", (table, *valued))
    if internal and (more := _for_staff(partner, agreements, on)):
        yield Part("次の予定と連絡先", (Table(("項目", "内容"), tuple(more), (3, 14)),))


def _none(what: str) -> Paragraph:
    return Paragraph(f"{what}の記録はありません。")


def _facts(partner: Organisation, on: date, *, internal: bool) -> Table:
    is_hidden = partner.kind == PartnerKind.INDIVIDUAL and not internal
    former = [one.name for one in partner.names.all() if not is_hidden and one.name != partner.name_on(on)]
    rows = [
        ("区分", str(partner.get_kind_display())),
        ("法人番号", partner.corporate_number),
        ("別の名称", short("、".join(former), LINE)),
        ("所在地", short(partner.address, LINE) if internal else ""),
        ("解散等の日", japanese_date(partner.dissolved_on) if partner.dissolved_on else ""),
    ]
    return Table(heads=("項目", "内容"), rows=tuple(row for row in rows if row[1]), widths=(3, 14))


def _agreements(agreements: Sequence[Agreement], on: date) -> Block:
    if not agreements:
        return Paragraph("この日に有効な協定はありません。")
    shown, left = cut(agreements, MOST_AGREEMENTS)
    rows = [
        (
            short(one.title, 36),
            japanese_partial(one.signed) if one.signed else "",
            _deadline(one, on),
            short(str(holder_on(one, on) or ""), 14),
        )
        for one in shown
    ]
    if left:
        rows.append((rest(left), "", "", ""))
    return Table(("協定名", "締結日", "次の申出期限", "担当課"), tuple(rows), (9, 4, 4, 5))


def _deadline(agreement: Agreement, on: date) -> str:
    deadline = outlook_as_of(agreement, on).deadline
    return japanese_date(deadline) if deadline else ""


def _for_staff(partner: Organisation, agreements: Sequence[Agreement], on: date) -> list[tuple[str, str]]:
    rows = []
    if meeting := facts.next_meeting(agreements, on):
        rows.append(("次の会議", short(facts.meeting_words(meeting), LINE)))
    told, left = cut(facts.contacts(partner), MOST_CONTACTS)
    rows += [("連絡先", line) for line in told]
    return rows + ([("", rest(left))] if left else [])
