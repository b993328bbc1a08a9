"""How long an agreement lasts and for whom, kept before a change so that it can stand again just as it was."""

from datetime import date
from typing import Any

from renkei.agreements.models import Agreement, RenewalRule, Term
from renkei.agreements.term_rows import TermRow, day_of, iso, rows_of, term_from
from renkei.rules.japanese_calendar import japanese_date

Standing = dict[str, Any]


def standing_of(agreement: Agreement) -> Standing:
    """The stored terms, the day a person last confirmed the rule, and who has left."""
    confirmed = RenewalRule.objects.filter(agreement=agreement).values_list("last_confirmed_on", flat=True)
    left = agreement.parties.exclude(left_on=None).order_by("pk").values_list("pk", "left_on")
    return {
        "terms": rows_of(agreement),
        "last_confirmed_on": iso(next(iter(confirmed), None)),
        "left": {str(pk): iso(on) for pk, on in left},
    }


def stand_again(agreement: Agreement, kept: dict[str, Standing]) -> None:
    """Write back what the act changed of the terms, the confirmation and the leavings; the rest stays as it is now."""
    former, later = kept["former"], kept["later"]
    if former["terms"] != later["terms"]:
        write_terms(agreement, former["terms"])
    if former["last_confirmed_on"] != later["last_confirmed_on"]:
        # Who confirmed it again since then has looked at it later than this act did.
        RenewalRule.objects.filter(
            agreement=agreement, last_confirmed_on=day_of(later["last_confirmed_on"])
        ).update(last_confirmed_on=day_of(former["last_confirmed_on"]))
    for pk in {*former["left"], *later["left"]}:
        if former["left"].get(pk) != later["left"].get(pk):
            agreement.parties.filter(pk=int(pk)).update(left_on=day_of(former["left"].get(pk)))


def is_standing(agreement: Agreement, kept: dict[str, Standing]) -> bool:
    """Whether what the act changed of the terms and the leavings still is as it left it."""
    now, former, later = standing_of(agreement), kept["former"], kept["later"]
    changed = [name for name in ("terms", "left") if former[name] != later[name]]
    return all(now[name] == later[name] for name in changed)


def write_terms(agreement: Agreement, rows: list[TermRow]) -> None:
    """Replace the stored terms by the rows, if they are others."""
    if rows_of(agreement) == rows:
        return
    Term.objects.filter(agreement=agreement).delete()
    Term.objects.bulk_create(term_from(agreement, row) for row in rows)
    forget_read(agreement)


def told_terms(rows: list[TermRow]) -> list[str]:
    """The terms as the log tells them."""
    return [_told(*(day_of(value) for value in row[:3])) for row in rows]


def forget_read(agreement: Agreement) -> None:
    """What was read of the agreement before a change is read again when asked for."""
    getattr(agreement, "_prefetched_objects_cache", {}).clear()
    for name in ("renewal_rule", "ending"):
        agreement._state.fields_cache.pop(name, None)


def _told(starts: date | None, ends: date | None, until: date | None) -> str:
    days = "〜".join(japanese_date(day) if day else "" for day in (starts, ends))
    return days if until == ends else f"{days} ({japanese_date(until) if until else '…'})"
