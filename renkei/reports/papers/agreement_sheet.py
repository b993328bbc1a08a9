"""One page about one agreement: who, what for, until when, what is done, and what came of it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement
from renkei.agreements.outlook import Outlook, outlook_as_of
from renkei.agreements.versions import as_of
from renkei.documents.publications.content import Block, Bullet, Bullets, Paragraph, Part, Publication, Table
from renkei.reports.papers import sheet_facts as facts
from renkei.reports.papers.cutting import cut, cut_bullets, rest, short
from renkei.rules.japanese_calendar import japanese_date, japanese_partial

MOST_PARTIES = 4
MOST_LINES = 14
MOST_RESULTS = 7
MOST_CONTACTS = 3
LINE = 50


def agreement_sheet(agreement: Agreement, on: date, *, internal: bool = False) -> Publication:
    """A sheet of one A4 page as of the day; `internal` adds contacts, meeting and evaluation, for the town itself."""
    with override("ja"):
        shown = as_of(agreement, on)
        return Publication(
            title=short(shown.title, 80),
            subtitle="連携協定のあらまし",
            town=agreement.municipality.name,
            day=on,
            parts=tuple(_parts(agreement, shown, on, internal=internal)),
        )


def _parts(agreement: Agreement, shown: Agreement, on: date, *, internal: bool) -> Iterator[Part]:
    audience = facts.audience_of(agreement.municipality, internal=internal)
    yield Part("協定の内容", (_facts(agreement, shown, on, internal=internal),))
    work = facts.work_of([agreement], audience, on)
    lines = facts.work_bullets(work) or [
        Bullet(item.heading, 0, f"({item.position})") for item in shown.items.all()
    ]
    blocks: tuple[Block, ...] = (
        (Bullets(cut_bullets(lines, MOST_LINES, LINE)),) if lines else (_none("取組"),)
    )
    yield Part(f"取組({facts.counted(work)})" if work else "連携事項", blocks)
    table = facts.results_table(facts.results_of([agreement], audience, on), audience, MOST_RESULTS)
    yield Part("最近二年度の実績", (table or _none("実績"),))
    if internal and (more := _for_staff(agreement, shown, on)):
        yield Part("次の予定と連絡先", (Table(("項目", "内容"), tuple(more), (3, 14)),))


def _none(what: str) -> Paragraph:
    return Paragraph(f"{what}の記録はありません。")


def _facts(agreement: Agreement, shown: Agreement, on: date, *, internal: bool) -> Table:
    outlook = outlook_as_of(agreement, on)
    holder = holder_on(agreement, on)
    fields = [str(link.field) for link in shown.field_links.all()]
    rows = [
        ("当事者", _parties(shown, on, internal=internal)),
        ("形態・分野", short("　".join([str(shown.get_form_display()), "、".join(fields)]), LINE * 2)),
        ("目的", short(shown.purpose, LINE * 2)),
        ("締結日", japanese_partial(agreement.signed) if agreement.signed else ""),
        ("有効期間", _term(outlook)),
        ("次の申出期限", japanese_date(outlook.deadline) if outlook.deadline else ""),
        ("担当課", str(holder or "")),
    ]
    return Table(heads=("項目", "内容"), rows=tuple(row for row in rows if row[1]), widths=(3, 14))


def _parties(shown: Agreement, on: date, *, internal: bool) -> str:
    present = [party for party in shown.parties.all() if party.is_present_on(on)]
    names = [party.name_as_signed if internal else party.public_name for party in present]
    told, left = cut(names, MOST_PARTIES)
    return "、".join([*(short(name, 40) for name in told), *([rest(left)] if left else [])])


def _term(outlook: Outlook) -> str:
    period = outlook.running or outlook.first
    if period is None:
        return "期間の記録はありません。"
    last = japanese_date(period.last) if period.last else "終わりの日の定めなし"
    renewed = f"(更新{outlook.renewals}回)" if outlook.renewals else ""
    return (
        f"{japanese_date(period.first)}から{last}まで{renewed}"
        if period.last
        else (f"{japanese_date(period.first)}から({last})")
    )


def _for_staff(agreement: Agreement, shown: Agreement, on: date) -> list[tuple[str, str]]:
    rows = []
    if meeting := facts.next_meeting([agreement], on):
        rows.append(("次の会議", short(facts.meeting_words(meeting), LINE)))
    if evaluation := facts.last_evaluation(agreement, on):
        rows.append(("前回の評価", facts.evaluation_words(evaluation)))
    partners = [
        party.organisation for party in shown.parties.all() if party.organisation and party.is_present_on(on)
    ]
    people = [line for partner in partners[:MOST_PARTIES] for line in facts.contacts(partner)]
    told, left = cut(people, MOST_CONTACTS)
    rows += [("連絡先", line) for line in told]
    return rows + ([("", rest(left))] if left else [])
