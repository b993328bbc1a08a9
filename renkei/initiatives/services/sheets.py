"""Sheets that come back filled: kept as received, checked row by row, and the good rows taken in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.audit.services import record
from renkei.documents.services import keep
from renkei.initiatives import events
from renkei.initiatives.acting import Person, actor_of, columns_of
from renkei.initiatives.asked import lines_of_division, lines_of_partner, shared_with_others
from renkei.initiatives.models import Campaign, CampaignLine, Initiative, ReturnedSheet
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.services.answers import answer_nothing_to, refuse_closed
from renkei.initiatives.services.begin import InitiativeFacts
from renkei.initiatives.services.reporting import report
from renkei.initiatives.sheets.checking import Checking
from renkei.initiatives.sheets.reading import ReadRow, rows_of
from renkei.initiatives.sheets.rows import Row, RowState
from renkei.initiatives.vocabulary import InitiativeState
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation


def receive_sheet(
    campaign: Campaign,
    content: bytes,
    *,
    name: str,
    division: Division | None = None,
    partner: Organisation | None = None,
    by: Person,
    at: datetime,
) -> ReturnedSheet:
    """Keep a filled sheet of a division (of nobody's lines where neither is named) or a partner; nothing is taken in.

    Raises CampaignRefused or DocumentRefused where the file is no sheet of ours.
    """
    refuse_closed(campaign)
    read = rows_of(content)
    rows = _checked(campaign, read, division, partner, timezone.localdate(at))
    with transaction.atomic():
        return ReturnedSheet.objects.create(
            campaign=campaign,
            document=keep(content, name=name, municipality=campaign.municipality),
            division=division,
            organisation=partner,
            brought_at=at,
            rows=[one.as_json for one in rows],
            **columns_of(by, "brought_by"),
        )


def _checked(
    campaign: Campaign,
    read: Sequence[ReadRow],
    division: Division | None,
    partner: Organisation | None,
    day: date,
) -> list[Row]:
    lines = list(lines_of_partner(campaign, partner) if partner else lines_of_division(campaign, division))
    elsewhere = {} if partner else _elsewhere(campaign)
    shared = shared_with_others(campaign, lines, partner) if partner else set()
    return Checking(lines, day=day, elsewhere=elsewhere, shared=shared, may_begin=partner is None).rows(read)


def _elsewhere(campaign: Campaign) -> dict[str, str]:
    named = campaign.lines.order_by().values_list("public_id", "division__name")
    return {key: name or _("担当課の決まっていない協定") for key, name in named}


def look_again(sheet: ReturnedSheet, *, day: date) -> list[Row]:
    """The rows of a sheet as they are to be judged now: other answers may have come since."""
    read = [ReadRow(row["number"], row["cells"]) for row in sheet.rows]
    return _checked(sheet.campaign, read, sheet.division, sheet.organisation, day)


@transaction.atomic
def take_sheet(sheet: ReturnedSheet, *, by: Person, at: datetime) -> int:
    """Take the good rows in, all in one transaction; the others stay as they are. How many were taken."""
    refuse_closed(sheet.campaign)
    if not ReturnedSheet.objects.filter(pk=sheet.pk, taken_at=None).update(taken_at=at):
        raise CampaignRefused(
            _("この調査票は、もう取り込みました。直した行は、新しいファイルで戻してください。")
        )
    rows = look_again(sheet, day=timezone.localdate(at))
    good = [row for row in rows if row.state == RowState.GOOD]
    if not good:
        raise CampaignRefused(_("取り込める行がありません。問題のある行を直したファイルを戻してください。"))
    begun: dict[tuple[int, str], Initiative] = {}
    for row in good:
        if row.facts:
            report(_initiative(row, begun, by, at), row.facts, by=by, at=at)
        row.state = RowState.TAKEN
    _take_nothing(good, by, at)
    sheet.taken_at, sheet.rows = at, [one.as_json for one in rows]
    sheet.save(update_fields=["rows"])
    record(
        events.CAMPAIGN_SHEET_TAKEN,
        actor_of(by),
        sheet.campaign,
        municipality=sheet.campaign.municipality,
        document=sheet.document,
        count=len(good),
    )
    return len(good)


def _initiative(row: Row, begun: dict[tuple[int, str], Initiative], by: Person, at: datetime) -> Initiative:
    """The line's initiative; where the agreement has none in its list, a new one under the name that was written."""
    from renkei.initiatives.services.writing import write

    assert row.line
    if row.line.initiative:
        return row.line.initiative
    key = (row.line.agreement_id, row.title)
    if key not in begun:
        year = row.line.campaign.fiscal_year
        facts = InitiativeFacts(
            title=row.title,
            division_id=row.line.division_id,
            state=InitiativeState.RUNNING,
            planned_years=(year,),
        )
        begun[key] = write(row.line.agreement, facts, on=date(year, 4, 1), actor=actor_of(by))
    return begun[key]


def _take_nothing(rows: Sequence[Row], by: Person, at: datetime) -> None:
    """Lines that are answered with the same reason are answered together."""
    by_reason: dict[str, list[CampaignLine]] = {}
    for row in rows:
        if row.facts is None and row.line:
            known = by_reason.setdefault(row.reason, [])
            if row.line not in known:
                known.append(row.line)
    for reason, lines in by_reason.items():
        answer_nothing_to(lines, reason=reason, by=by, at=at)


def shown_rows(sheet: ReturnedSheet, *, day: date) -> list[dict[str, Any]]:
    """The rows to show, what is to be mended first: as they were taken in, or as they are to be judged now."""
    rows = sheet.rows if sheet.taken_at else [one.as_json for one in look_again(sheet, day=day)]
    return sorted(rows, key=lambda row: (row["state"] != RowState.PROBLEM, row["number"]))


def counted(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How many rows of a kept sheet there are of each state."""
    return {str(state): sum(row["state"] == state for row in rows) for state in RowState}
