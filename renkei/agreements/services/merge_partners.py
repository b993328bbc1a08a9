"""Two records of one partner made one by a person, and taken apart again."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, PartnerMerge, Party
from renkei.agreements.services.claiming import Refused
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.partners.changes import renamed
from renkei.partners.models import Organisation, OrganisationName

FILLED = ("name_kana", "corporate_number", "address", "notes")
"""What the kept record takes over where it is empty."""


class MergeRefused(Refused):
    """The two records cannot be made one, or not be taken apart; str() says why and what to do."""


@dataclass(frozen=True)
class MergePlan:
    """What would move to the kept record: agreements, names that lead to it from then on, and what fills its blanks."""

    kept: Organisation
    merged: Organisation
    agreements: list[Agreement] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    fills: dict[str, str] = field(default_factory=dict)
    both: list[Agreement] = field(default_factory=list)
    reason: str | None = None

    @property
    def fills_in_words(self) -> list[tuple[str, str]]:
        """What fills the blanks, by the names of the columns."""
        names = {one.name: one.verbose_name for one in Organisation._meta.concrete_fields}
        return [(str(names[name]), told) for name, told in self.fills.items()]


def merge_plan(kept: Organisation, merged: Organisation) -> MergePlan:
    """What merging would do; `reason` says why it cannot be done."""
    agreements = Agreement.objects.filter(parties__organisation=merged).distinct()
    both = agreements.filter(pk__in=Party.objects.filter(organisation=kept).values("agreement"))
    return MergePlan(
        kept,
        merged,
        list(agreements.prefetch_related("parties", "terms")),
        [merged.name, *(former.name for former in merged.names.all())],
        {name: getattr(merged, name) for name in FILLED if getattr(merged, name) and not getattr(kept, name)},
        list(both),
        why_not_merge(kept, merged),
    )


def why_not_merge(kept: Organisation, merged: Organisation) -> str | None:
    """None if the two may be one partner; otherwise the sentence to show."""
    if kept.pk == merged.pk:
        return _("同じ記録です。もう一方の記録を選んでください。")
    if kept.municipality_id != merged.municipality_id:
        return _("ほかの自治体の相手方とはまとめられません。")
    if kept.merged_into_id or merged.merged_into_id:
        return _("すでに別の記録にまとめられた記録です。まとめた先の記録を選んでください。")
    numbers = {kept.corporate_number, merged.corporate_number} - {""}
    if len(numbers) > 1:
        return _(
            "法人番号が違うので、別の法人です。番号が写し違いであれば、先に相手方の編集で直してください。"
        )
    return None


@transaction.atomic
def merge_partners(
    kept: Organisation, merged: Organisation, *, actor: User | None, reason: str = ""
) -> PartnerMerge:
    """Move the agreements and names of one record to the other; the first one stays, empty, and leads there."""
    pks = sorted((kept.pk, merged.pk))
    held = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    if any(held[one.pk].version != one.version for one in (kept, merged)):
        raise MergeRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    kept, merged = held[kept.pk], held[merged.pk]
    plan = merge_plan(kept, merged)
    if plan.reason:
        raise MergeRefused(plan.reason)
    parties = list(Party.objects.filter(organisation=merged).order_by("pk").values_list("pk", flat=True))
    former: dict[str, Any] = {**_move_names(kept, merged), "fills": plan.fills}
    Party.objects.filter(pk__in=parties).update(organisation=kept)
    Organisation.objects.filter(pk=merged.pk).update(merged_into=kept)
    if plan.fills:
        Organisation.objects.filter(pk=kept.pk).update(**plan.fills, version=kept.version + 1)
    merge = PartnerMerge.objects.create(
        municipality=kept.municipality, kept=kept, merged=merged, actor=actor, parties=parties, former=former
    )
    _tell(
        events.PARTNERS_MERGED, merge, actor, reason, {name: ("", told) for name, told in plan.fills.items()}
    )
    return merge


def _move_names(kept: Organisation, merged: Organisation) -> dict[str, Any]:
    """The other's names lead to the kept record: its former ones, and its present one without a day."""
    names = list(
        OrganisationName.objects.filter(organisation=merged).order_by("pk").values_list("pk", flat=True)
    )
    OrganisationName.objects.filter(pk__in=names).update(organisation=kept)
    alias = OrganisationName.objects.create(
        organisation=kept, name=merged.name, folded_name=merged.folded_name
    )
    return {"names": names, "alias": alias.pk}


@transaction.atomic
def part_partners(merge: PartnerMerge, *, actor: User | None, reason: str = "") -> PartnerMerge:
    """Take a merge back: what moved goes back, what was filled in is emptied unless somebody has changed it since."""
    kept = Organisation.objects.select_for_update().get(pk=merge.kept_id)
    if kept.merged_into_id:
        raise MergeRefused(
            _(
                "残した記録が、その後さらに「%(name)s」にまとめられています。先にその統合を元に戻してください。"
            )
            % {"name": kept.merged_into}
        )
    if not PartnerMerge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=timezone.now()):
        raise MergeRefused(_("この統合はすでに元に戻されています。画面を読み直してください。"))
    Party.objects.filter(pk__in=merge.parties, organisation=kept).update(organisation=merge.merged_id)
    OrganisationName.objects.filter(pk=merge.former["alias"]).delete()
    OrganisationName.objects.filter(pk__in=merge.former["names"], organisation=kept).update(
        organisation=merge.merged_id
    )
    Organisation.objects.filter(pk=merge.merged_id).update(merged_into=None)
    fills = merge.former["fills"]
    untouched = {name: "" for name, told in fills.items() if getattr(kept, name) == told}
    if untouched:
        Organisation.objects.filter(pk=kept.pk).update(**untouched, version=kept.version + 1)
    merge.refresh_from_db()
    _tell(events.PARTNERS_PARTED, merge, actor, reason, {name: (fills[name], "") for name in untouched})
    return merge


def _tell(
    event: Event, merge: PartnerMerge, actor: User | None, reason: str, columns: dict[str, tuple[str, str]]
) -> None:
    parties = Party.objects.filter(pk__in=merge.parties)
    agreements = list(parties.order_by("agreement").values_list("agreement", flat=True).distinct())
    record(
        event,
        actor,
        merge.kept,
        municipality=merge.municipality,
        reason=reason,
        changes={f"partners.organisation.{name}": pair for name, pair in columns.items()},
        merged=merge.merged.name,
        agreements=len(agreements),
    )
    changed.send(sender=Agreement, ids=agreements)
    renamed.send(sender=Organisation, ids=[merge.kept_id, merge.merged_id])
