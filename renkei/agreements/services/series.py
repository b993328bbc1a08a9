"""Series (同文協定): created, put right, grown by many partners at once, and agreements put in or taken out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.member_lines import MemberFacts
from renkei.agreements.models import Agreement, Party, Series, SeriesAddition
from renkei.agreements.series import FACT_NAMES, MemberLine, TooLong, built_on, lines_of, previewed
from renkei.agreements.services.claiming import Refused, claim
from renkei.agreements.services.register import register_many, unregister_many
from renkei.audit.events import Event
from renkei.audit.services import Telling, record, record_many
from renkei.documents.models import Document
from renkei.documents.services import keep
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation
from renkei.partners.services import edit


class SeriesRefused(Refused):
    """The series does not change; str() says why and what to do."""


@transaction.atomic
def create_series(
    municipality: Municipality,
    *,
    name: str,
    facts: Mapping[str, Any],
    actor: User | None,
    division: Division | None = None,
    document: tuple[str, bytes] | None = None,
) -> Series:
    """Begin a series with the facts that each agreement of it begins with; `document` is name and bytes of its text."""
    if not name.strip():
        raise SeriesRefused(_("名称が空です。同文協定の名称を入れてください。"))
    if Series.objects.of(municipality).filter(name=name.strip()).exists():
        raise SeriesRefused(_("同じ名称の同文協定がすでにあります。その同文協定に相手方を加えてください。"))
    _refuse_foreign(municipality, division)
    series = Series.objects.create(
        municipality=municipality,
        name=name.strip(),
        division=division,
        facts=dict(facts),
        document=_kept(municipality, document),
    )
    record(events.SERIES_CREATED, actor, series, municipality=municipality)
    return series


@transaction.atomic
def edit_series(
    series: Series,
    *,
    name: str,
    facts: Mapping[str, Any],
    actor: User | None,
    division: Division | None = None,
    document: tuple[str, bytes] | None = None,
    reason: str = "",
) -> Series:
    """Change the series; agreements that are there already stay as they are, later ones begin with the new facts."""
    _refuse_foreign(series.municipality, division)
    kept = _kept(series.municipality, document) or series.document
    wanted = {"name": name.strip() or series.name, "division": division, "document": kept}
    changes: dict[str, tuple[object, object]] = {
        f"agreements.series.{column}": (getattr(series, column), value)
        for column, value in wanted.items()
        if getattr(series, column) != value
    }
    if series.facts != dict(facts):
        changes["agreements.series.facts"] = _told_facts(series.facts, facts)
    if not changes:
        raise SeriesRefused(_("変わった所がありません。直す所があれば直してから、もう一度押してください。"))
    seen = Series.objects.filter(pk=series.pk, version=series.version)
    if not seen.update(**wanted, facts=dict(facts), version=series.version + 1):
        raise SeriesRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    series.refresh_from_db()
    record(
        events.SERIES_EDITED,
        actor,
        series,
        municipality=series.municipality,
        reason=reason,
        changes=changes,
    )
    # The name of a series is found with its agreements.
    agreements = list(Agreement.objects.filter(series=series).values_list("pk", flat=True))
    changed.send(sender=Agreement, ids=agreements)
    return series


@transaction.atomic
def add_partners(
    series: Series, listed: Sequence[MemberFacts], *, day: date, actor: User | None
) -> SeriesAddition:
    """Register an agreement with each partner of the list that is ready, as one act; the others are left out."""
    Series.objects.select_for_update().get(pk=series.pk)
    try:
        ready = [line for line in previewed(series, listed, day=day) if line.is_ready]
    except TooLong as refusal:
        raise SeriesRefused(str(refusal)) from refusal
    if not ready:
        raise SeriesRefused(
            _("加えられる相手方がありません。一覧を直して、もう一度「確かめる」を押してください。")
        )
    facts = [line.agreement for line in ready if line.agreement]
    agreements = register_many(facts, municipality=series.municipality)
    addition = SeriesAddition.objects.create(
        municipality=series.municipality,
        series=series,
        actor=actor,
        agreements=[agreement.public_id for agreement in agreements],
        numbered=_number(agreements, ready, actor),
    )
    told = [Telling(events.REGISTERED, agreement) for agreement in agreements]
    record_many(told, actor, municipality=series.municipality)
    _tell(events.SERIES_GREW, addition, actor)
    return addition


@transaction.atomic
def take_back_addition(addition: SeriesAddition, *, actor: User | None) -> SeriesAddition:
    """Take out again what one act added, while nothing was built on it."""
    agreements = list(Agreement.objects.of(addition.municipality).filter(public_id__in=addition.agreements))
    if reason := built_on(agreements):
        raise SeriesRefused(reason)
    if not SeriesAddition.objects.filter(pk=addition.pk, undone_at=None).update(undone_at=timezone.now()):
        raise SeriesRefused(_("この追加はすでに取り消されています。画面を読み直してください。"))
    for pk, number in addition.numbered:
        Organisation.objects.filter(pk=pk, corporate_number=number, version=1).update(corporate_number="")
    unregister_many(agreements)
    addition.refresh_from_db()
    _tell(events.SERIES_SHRANK, addition, actor)
    return addition


@transaction.atomic
def put_into_series(agreement: Agreement, series: Series, *, actor: User | None) -> Agreement:
    """Count an agreement that is there already to the series."""
    if series.municipality_id != agreement.municipality_id:
        raise SeriesRefused(_("ほかの自治体の同文協定には入れられません。"))
    return _place(agreement, series, actor)


@transaction.atomic
def take_out_of_series(agreement: Agreement, series: Series, *, actor: User | None) -> Agreement:
    """Count the agreement to the series no more; it stays in the register."""
    if agreement.series_id != series.pk:
        raise SeriesRefused(_("この同文協定の協定ではありません。画面を読み直してください。"))
    return _place(agreement, None, actor)


def _place(agreement: Agreement, series: Series | None, actor: User | None) -> Agreement:
    former = agreement.series
    if former == series:
        raise SeriesRefused(_("すでにそうなっています。画面を読み直してください。"))
    claim(agreement)
    agreement.series = series
    agreement.save(update_fields=["series"])
    record(
        events.PUT_INTO_SERIES if series else events.TAKEN_OUT_OF_SERIES,
        actor,
        agreement,
        municipality=agreement.municipality,
        changes={"agreements.agreement.series": (former, series)},
        series=series or former,
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement


def _number(
    agreements: Sequence[Agreement], ready: Sequence[MemberLine], actor: User | None
) -> list[tuple[int, str]]:
    """Write the corporate numbers of the list to partners that have none; which of the new ones got one."""
    partners = {
        party.agreement_id: party.organisation
        for party in Party.objects.filter(
            agreement__in=agreements, organisation__isnull=False
        ).select_related("organisation")
    }
    numbered = []
    for agreement, line in zip(agreements, ready, strict=True):
        partner = partners[agreement.pk]
        if not line.number or partner is None or partner.corporate_number:
            continue
        if line.organisation_id:
            edit(partner, facts={"corporate_number": line.number}, actor=actor)
            continue
        Organisation.objects.filter(pk=partner.pk).update(corporate_number=line.number)
        numbered.append((partner.pk, line.number))
    return numbered


def _tell(event: Event, addition: SeriesAddition, actor: User | None) -> None:
    record(
        event,
        actor,
        addition.series,
        municipality=addition.municipality,
        agreements=len(addition.agreements),
        addition=addition.public_id,
    )


def _told_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Only what differs, as lines in words."""
    names = [name for name in FACT_NAMES if before.get(name) != after.get(name)]
    return lines_of(before, names), lines_of(after, names)


def _kept(municipality: Municipality, document: tuple[str, bytes] | None) -> Document | None:
    return keep(document[1], name=document[0], municipality=municipality) if document else None


def _refuse_foreign(municipality: Municipality, division: Division | None) -> None:
    if division and division.municipality_id != municipality.pk:
        raise SeriesRefused(_("担当課が見つかりません。自分の自治体の課を選んでください。"))
