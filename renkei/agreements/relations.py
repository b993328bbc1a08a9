"""How an agreement stands to others, as a reader of its page wants to know it: in both directions."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, AgreementQuerySet, Relation
from renkei.agreements.vocabulary import RelationKind


@dataclass(frozen=True)
class Related:
    """Another agreement and what it is to this one."""

    what: str
    agreement: Agreement


def related(agreement: Agreement, audience: Audience) -> list[Related]:
    """The agreements that this one names, and those that name it, as far as the audience may see them."""
    seen = Agreement.objects.seen_by(audience)
    from_here = Relation.objects.filter(agreement=agreement, other__in=seen).select_related("other")
    to_here = Relation.objects.filter(other=agreement, agreement__in=seen).select_related("agreement")
    there, here = _sentences()
    return [
        *(Related(there[one.kind], one.other) for one in from_here),
        *(Related(here[one.kind], one.agreement) for one in to_here),
    ]


def same_text(agreement: Agreement, audience: Audience) -> AgreementQuerySet:
    """The other agreements of the series, as far as the audience may see them."""
    seen: AgreementQuerySet = Agreement.objects.seen_by(audience)
    if agreement.series_id is None:
        return seen.none()
    return seen.filter(series=agreement.series_id).exclude(pk=agreement.pk)


def _sentences() -> tuple[dict[str, str], dict[str, str]]:
    there = {
        RelationKind.AMENDS: _("この協定が変更した協定"),
        RelationKind.REPLACES: _("この協定が置き換えた協定"),
        RelationKind.DETAILS: _("この文書が細目を定める協定"),
        RelationKind.ACCEDES_TO: _("この文書で参加した協定"),
        RelationKind.BASED_ON: _("この協定のもとになった協定"),
    }
    here = {
        RelationKind.AMENDS: _("この協定を変更した協定"),
        RelationKind.REPLACES: _("この協定を置き換えた協定"),
        RelationKind.DETAILS: _("この協定の細目を定めた文書"),
        RelationKind.ACCEDES_TO: _("この協定への参加の文書"),
        RelationKind.BASED_ON: _("この協定に基づく協定"),
    }
    return {kind.value: text for kind, text in there.items()}, {
        kind.value: text for kind, text in here.items()
    }
