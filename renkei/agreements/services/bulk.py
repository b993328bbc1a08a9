"""The same change of many agreements: one act, told for each, taken back in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.bulk import (
    MOST,
    Line,
    Wanted,
    changed_since,
    lines,
    rights_of,
    selected,
    why_not_at_all,
)
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, AgreementField, BulkChange, Field
from renkei.agreements.services.claiming import Refused
from renkei.agreements.vocabulary import BulkFact
from renkei.audit.events import Event
from renkei.audit.services import Telling, record, record_many

COLUMNS = {BulkFact.DIVISION: "division_id", BulkFact.SERIES: "series_id"}
TOLD_AS = {BulkFact.MAIN_FIELD: "agreements.agreementfield"}


class BulkRefused(Refused):
    """Nothing is changed; str() says why and what to do."""


@transaction.atomic
def change_many(
    asked: Wanted, *, seen: Mapping[str, int], actor: User, day: date, reason: str = ""
) -> BulkChange:
    """Change the agreements, given by public id with the version that the person saw; the rest is named."""
    if len(seen) > MOST:
        raise BulkRefused(
            _("一度に変更できるのは%(most)s件までです。条件を足して、分けて変更してください。")
            % {"most": f"{MOST:,}"}
        )
    if refusal := why_not_at_all(asked, actor, day=day):
        raise BulkRefused(refusal)
    agreements = selected(actor.municipality, list(seen))
    planned = [_written(line, asked.fact) for line in lines(agreements, asked, seen, actor, day=day)]
    written = [line for line in planned if not line.refusal]
    if not written:
        raise BulkRefused(
            _("変更できる協定がありません。%(reason)s")
            % {"reason": next((line.refusal for line in planned), "")}
        )
    change = BulkChange.objects.create(
        municipality=actor.municipality, actor=actor, fact=asked.fact, rows=[_row(line) for line in planned]
    )
    pairs = [(line.agreement, (line.before_words, line.after_words)) for line in written]
    _tell_each(events.CHANGED_WITH_OTHERS, change, pairs, actor, reason)
    _tell_all(events.MANY_CHANGED, change, len(written), actor, reason)
    changed.send(sender=Agreement, ids=[line.agreement.pk for line in written])
    return change


@transaction.atomic
def change_back(change: BulkChange, *, actor: User, day: date, reason: str = "") -> BulkChange:
    """Take the act back; an agreement that somebody changed since stays as it is and is named."""
    if not BulkChange.objects.filter(pk=change.pk, undone_at=None).update(undone_at=timezone.now()):
        raise BulkRefused(_("この一括変更はすでに取り消されています。画面を読み直してください。"))
    fact, why_not = BulkFact(change.fact), rights_of(actor, day=day)
    rows = {row["agreement"]: row for row in change.rows if not row.get("refusal")}
    back = []
    for agreement in selected(change.municipality, list(rows)):
        row = rows[agreement.public_id]
        row["left"] = why_not(agreement) or _why_left(agreement, row, fact)
        if not row["left"]:
            back.append((agreement, (row["after_words"], row["before_words"])))
    if not back:
        raise BulkRefused(
            _("取り消せる協定がありません。%(reason)s")
            % {"reason": next((row["left"] for row in rows.values() if row.get("left")), "")}
        )
    BulkChange.objects.filter(pk=change.pk).update(rows=change.rows)
    change.refresh_from_db()
    _tell_each(events.CHANGED_BACK_WITH_OTHERS, change, back, actor, reason)
    _tell_all(events.MANY_CHANGED_BACK, change, len(back), actor, reason)
    changed.send(sender=Agreement, ids=[agreement.pk for agreement, _pair in back])
    return change


def _written(line: Line, fact: BulkFact) -> Line:
    """The line as it came out: written, or with the reason why not."""
    if line.refusal or _write(line.agreement, fact, line.after):
        return line
    return replace(line, refusal=changed_since(line.agreement))


def _why_left(agreement: Agreement, row: dict[str, Any], fact: BulkFact) -> str:
    """Write the former value back; "" if that was done, else why it was not."""
    if agreement.version != row["version"] or not _write(agreement, fact, row["before"]):
        return changed_since(agreement)
    return ""


def _write(agreement: Agreement, fact: BulkFact, value: Any) -> bool:
    """Take the agreement as of the version read and write the value; False if somebody was first."""
    columns = {} if fact == BulkFact.MAIN_FIELD else {COLUMNS.get(fact, str(fact)): value}
    held = Agreement.objects.filter(pk=agreement.pk, version=agreement.version)
    if not held.update(version=agreement.version + 1, **columns):
        return False
    agreement.version += 1
    if fact == BulkFact.MAIN_FIELD:
        _write_fields(agreement, value)
    return True


def _write_fields(agreement: Agreement, links: Sequence[Sequence[Any]]) -> None:
    wanted = {str(slug): bool(is_main) for slug, is_main in links}
    own = AgreementField.objects.filter(agreement=agreement)
    own.exclude(field__slug__in=list(wanted)).delete()
    own.update(is_main=False)
    there = set(own.values_list("field__slug", flat=True))
    missing = Field.objects.filter(slug__in=[slug for slug in wanted if slug not in there])
    AgreementField.objects.bulk_create(AgreementField(agreement=agreement, field=field) for field in missing)
    own.filter(field__slug__in=[slug for slug, is_main in wanted.items() if is_main]).update(is_main=True)


def _row(line: Line) -> dict[str, Any]:
    named = {"agreement": line.agreement.public_id, "title": line.agreement.title}
    if line.refusal:
        return {**named, "refusal": line.refusal}
    return {
        **named,
        "version": line.agreement.version,
        "before": line.before,
        "after": line.after,
        "before_words": line.before_words,
        "after_words": line.after_words,
    }


def _tell_each(
    event: Event,
    change: BulkChange,
    pairs: Sequence[tuple[Agreement, tuple[str, str]]],
    actor: User,
    reason: str,
) -> None:
    fact = BulkFact(change.fact)
    name = TOLD_AS.get(fact, f"agreements.agreement.{fact}")
    told = [Telling(event, one, reason, {name: pair}, {"fact": fact.label}) for one, pair in pairs]
    record_many(told, actor, municipality=change.municipality)


def _tell_all(event: Event, change: BulkChange, count: int, actor: User, reason: str) -> None:
    record(
        event,
        actor,
        change,
        municipality=change.municipality,
        reason=reason,
        agreements=count,
        fact=BulkFact(change.fact).label,
    )
