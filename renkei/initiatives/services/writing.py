"""Writing an initiative down and editing it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Field, Party
from renkei.audit.actors import Actor
from renkei.audit.services import Changes, record
from renkei.initiatives import events
from renkei.initiatives.changes import tell_work_changed
from renkei.initiatives.models import Indicator, Initiative, ResultFigure
from renkei.initiatives.refusals import InitiativeRefused
from renkei.initiatives.services.begin import InitiativeFacts, begin, field_of
from renkei.municipalities.models import Division

LONGEST_TITLE = 400
MOST_INDICATORS = 10
PLAIN = (
    "title", "town_part", "partner_part", "timing", "town_person", "partner_person", "place", "audience", "is_public",
)  # fmt: skip


@transaction.atomic
def write(agreement: Agreement, facts: InitiativeFacts, *, on: date, actor: Actor) -> Initiative:
    """Write one more initiative of the agreement, which begins on the day; the same public id writes it once."""
    if known := Initiative.objects.of(agreement.municipality).filter(public_id=facts.public_id).first():
        return known
    _refuse_unfitting(agreement, facts)
    (made,) = begin(agreement, [facts], on=on, actor=actor)
    return made


@transaction.atomic
def edit(
    initiative: Initiative,
    facts: InitiativeFacts,
    *,
    begins_on: date,
    ends_on: date | None = None,
    actor: Actor,
) -> Initiative:
    """Bring what is written about the initiative to the facts; its state and its years are moves of their own."""
    agreement = initiative.agreement
    _refuse_unfitting(agreement, facts)
    if ends_on and ends_on < begins_on:
        raise InitiativeRefused(_("終える日は、始める日と同じ日か、それより後の日にしてください。"))
    before = told(initiative)
    claim(initiative)
    for name in PLAIN:
        setattr(initiative, name, getattr(facts, name))
    initiative.item = agreement.items.filter(position=facts.item).first() if facts.item else None
    initiative.field = Field.objects.filter(slug=facts.field).first() or field_of(agreement)
    initiative.division_id, initiative.organisation_id = facts.division_id, facts.organisation_id
    initiative.begins_on, initiative.ends_on = begins_on, ends_on
    initiative.save()
    _write_indicators(initiative, facts.indicators)
    changes = differences(before, told(initiative))
    if not changes:
        raise InitiativeRefused(
            _("何も変わっていません。変えるところがなければ「やめて戻る」を選んでください。")
        )
    tell_work_changed([agreement.pk])
    record(events.INITIATIVE_EDITED, actor, initiative, municipality=initiative.municipality, changes=changes)
    return initiative


def claim(initiative: Initiative) -> None:
    """Take the initiative as of the version that was read, or refuse."""
    if not Initiative.objects.claim(initiative):
        raise InitiativeRefused(
            _("ほかの人が先に変更しました。画面を読み直し、いまの内容を確かめてください。")
        )


def told(initiative: Initiative) -> dict[str, object]:
    """What is written about it, by the names under which changes are told."""
    columns = (
        *PLAIN,
        "item",
        "field",
        "division",
        "organisation",
        "begins_on",
        "ends_on",
        "state",
        "end_reason",
    )
    found: dict[str, object] = {
        f"initiatives.initiative.{name}": _said(getattr(initiative, name)) for name in columns
    }
    indicators = Indicator.objects.filter(initiative=initiative)
    found["initiatives.indicator"] = "、".join(str(one) for one in indicators)
    return found


def _said(value: object) -> object:
    return "" if value is None else str(value)


def differences(before: dict[str, object], after: dict[str, object]) -> Changes:
    """Before and after of just what changed."""
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def _refuse_unfitting(agreement: Agreement, facts: InitiativeFacts) -> None:
    if not facts.title.strip():
        raise InitiativeRefused(_("取組の名前が空です。例: 熱中症を防ぐ講座の開催"))
    if len(facts.title) > LONGEST_TITLE:
        raise InitiativeRefused(
            _("取組の名前は%(most)s文字までです。詳しいことは役割の欄に書いてください。")
            % {"most": LONGEST_TITLE}
        )
    known = Division.objects.of(agreement.municipality, with_portions=True)
    if facts.division_id and not known.filter(pk=facts.division_id).exists():
        raise InitiativeRefused(_("担当課が見つかりません。自分の自治体の課を選んでください。"))
    parties = Party.objects.filter(agreement=agreement)
    if facts.organisation_id and not parties.filter(organisation=facts.organisation_id).exists():
        raise InitiativeRefused(_("行う相手方は、この協定の当事者から選んでください。"))
    if facts.item and not agreement.items.filter(position=facts.item).exists():
        raise InitiativeRefused(_("連携事項が見つかりません。この協定の連携事項から選んでください。"))
    _refuse_indicators(facts.indicators)


def _refuse_indicators(indicators: Sequence[tuple[str, str]]) -> None:
    names = [name for name, _unit in indicators]
    if len(indicators) > MOST_INDICATORS:
        raise InitiativeRefused(_("指標は%(most)s個までです。減らしてください。") % {"most": MOST_INDICATORS})
    if len(set(names)) < len(names):
        raise InitiativeRefused(_("同じ名前の指標があります。別の名前にしてください。"))
    if any(not name.strip() or not unit.strip() for name, unit in indicators):
        raise InitiativeRefused(_("指標には名前と単位の両方を書いてください。例: 受講者数と人"))


def _write_indicators(initiative: Initiative, wanted: Sequence[tuple[str, str]]) -> None:
    """By name: known ones keep their aims and figures; one that has figures is not taken away."""
    known = {one.name: one for one in Indicator.objects.filter(initiative=initiative)}
    gone = [one for name, one in known.items() if name not in dict(wanted)]
    if used := ResultFigure.objects.filter(indicator__in=gone).select_related("indicator").first():
        raise InitiativeRefused(
            _("指標「%(name)s」には実績の数値があるため、なくせません。元の名前に戻してください。")
            % {"name": used.indicator.name}
        )
    Indicator.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for place, (name, _unit) in enumerate(wanted, start=1):
        # Out of the way first: the places are unique.
        if name in known:
            Indicator.objects.filter(pk=known[name].pk).update(position=1000 + place)
    for place, (name, unit) in enumerate(wanted, start=1):
        Indicator.objects.update_or_create(
            initiative=initiative, name=name, defaults={"unit": unit, "position": place}
        )
