"""What agreements add to the sums, read from the records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from renkei.agreements.models import Agreement, AgreementField, Party, Term
from renkei.agreements.vocabulary import top_field
from renkei.reports.models import NONE, Part, Stretch

CHUNK = 500
Run = tuple[date, date | None]


def stretches_of(ids: Sequence[int]) -> Iterator[Stretch]:
    """The stretches of the agreements that still exist, not yet stored."""
    for start in range(0, len(ids), CHUNK):
        yield from _some(ids[start : start + CHUNK])


def _some(ids: Sequence[int]) -> Iterator[Stretch]:
    rows = Agreement.objects.filter(pk__in=ids).order_by("pk")
    kinds = _grouped(
        Party.objects.filter(agreement__in=ids, organisation__isnull=False)
        .order_by()
        .values_list("agreement", "organisation__kind")
    )
    slugs = _grouped(
        AgreementField.objects.filter(agreement__in=ids).order_by().values_list("agreement", "field__slug")
    )
    terms: dict[int, list[Run]] = defaultdict(list)
    for pk, starts, until in Term.objects.filter(agreement__in=ids).values_list(
        "agreement", "starts_on", "in_force_until"
    ):
        terms[pk].append((starts, until))
    for pk, form, municipality, division, series, is_published, signed_on, signed_as in rows.values_list(
        "pk", "form", "municipality", "division", "series", "is_published", "signed_on", "signed_as"
    ):
        for starts, until in without_gaps(terms[pk]):
            yield Stretch(
                agreement=pk,
                municipality=municipality,
                division=division,
                series=series,
                is_published=is_published,
                signed_on=signed_on,
                signed_as=signed_as,
                starts_on=starts,
                until=until,
                groups=groups(form, kinds[pk], slugs[pk]),
                part=Part.JOINING,
            )


def groups(form: str, kinds: Iterable[str], slugs: Iterable[str]) -> str:
    """The names of the groups, each once: `form:individual kind:company field:disaster field:disaster.support`."""
    named = {f"kind:{kind}" for kind in kinds}
    for slug in [*slugs] or [NONE]:
        named |= {f"field:{slug}", f"field:{top_field(slug)}"}
    return " ".join([f"form:{form}", *sorted(named)])


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, value in pairs:
        found[pk].add(value)
    return found


def without_gaps(runs: Iterable[Run]) -> list[Run]:
    """Runs in their order, those that overlap or follow each other without a gap taken as one."""
    found: list[Run] = []
    for starts, until in sorted(runs, key=lambda run: run[0]):
        if until is not None and until < starts:
            continue
        if found and _goes_on(found[-1][1], starts):
            first, last = found[-1]
            found[-1] = (first, max(last, until) if last and until else None)
        else:
            found.append((starts, until))
    return found


def _goes_on(until: date | None, starts: date) -> bool:
    return until is None or (starts - until).days <= 1
