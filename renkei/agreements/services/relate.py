"""Saying how one agreement stands to another, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Relation
from renkei.agreements.services.claiming import Refused, claim
from renkei.agreements.vocabulary import RelationKind
from renkei.audit.services import record


class RelationRefused(Refused):
    """The relation cannot be recorded or taken back; str() says why."""


@transaction.atomic
def relate(agreement: Agreement, other: Agreement, *, kind: RelationKind, actor: User | None) -> Relation:
    """Say that the agreement stands so to the other: it amends, replaces, details it."""
    if other.municipality_id != agreement.municipality_id or other.pk == agreement.pk:
        raise RelationRefused(_("関係づける協定は、同じ自治体の別の協定から選んでください。"))
    if Relation.objects.filter(agreement=agreement, other=other, kind=kind).exists():
        raise RelationRefused(_("この関係はすでに記録されています。"))
    claim(agreement)
    relation = Relation.objects.create(agreement=agreement, other=other, kind=kind)
    told = f"{other.title} ({kind.label})"
    record(
        events.RELATED,
        actor,
        agreement,
        municipality=agreement.municipality,
        changes={"agreements.relation": ([], [told])},
        other=other.title,
        kind=kind.label,
    )
    changed.send(sender=Agreement, ids=[agreement.pk, other.pk])
    return relation


@transaction.atomic
def unrelate(agreement: Agreement, relation: Relation, *, actor: User | None, reason: str = "") -> None:
    """Take the relation back; the two agreements stay as they are."""
    ending = getattr(relation.other, "ending", None)
    if ending and ending.former_terms and ending.former_terms.get("relation") == relation.pk:
        raise RelationRefused(
            _("「%(title)s」の終了とともに記録された関係です。その協定の終了を取り消してください。")
            % {"title": relation.other.title}
        )
    claim(agreement)
    kind = RelationKind(relation.kind)
    record(
        events.UNRELATED,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=reason,
        changes={"agreements.relation": ([f"{relation.other.title} ({kind.label})"], [])},
        other=relation.other.title,
        kind=kind.label,
    )
    ids = [agreement.pk, relation.other_id]
    relation.delete()
    changed.send(sender=Agreement, ids=ids)
