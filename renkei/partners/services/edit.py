"""What a person knows of a partner: written down, put right, and the corporate number found later."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.partners import events
from renkei.partners.changes import renamed
from renkei.partners.models import Organisation, PartnerKind
from renkei.partners.services.claiming import PartnerRefused, claim
from renkei.rules.corporate_number import UnreadableCorporateNumber, corporate_number
from renkei.rules.names import folded_name

COLUMNS = ("name", "name_kana", "kind", "corporate_number", "address", "notes")


class SameNumber(PartnerRefused):
    """Another record has the corporate number; `other` is that record, with which this one may be merged."""

    def __init__(self, other: Organisation) -> None:
        super().__init__(
            _(
                "この法人番号は「%(name)s」の記録にもあります。同じ相手方であれば、二つの記録をまとめてください。"
            )
            % {"name": other}
        )
        self.other = other


@transaction.atomic
def edit(
    organisation: Organisation, *, facts: Mapping[str, str], actor: User | None, reason: str = ""
) -> Organisation:
    """Write the facts (of COLUMNS) into the record; what is not among them stays as it is."""
    wanted = {name: facts[name].strip() for name in COLUMNS if name in facts}
    if not wanted.get("name", organisation.name):
        raise PartnerRefused(_("名称が空です。名称を入れてください。"))
    if wanted.get("corporate_number"):
        wanted["corporate_number"] = number_for(organisation, wanted["corporate_number"])
    differing = {name: value for name, value in wanted.items() if getattr(organisation, name) != value}
    if not differing:
        raise PartnerRefused(_("変わった所がありません。直す所があれば直してから、もう一度押してください。"))
    changes = {f"partners.organisation.{name}": _told(name, organisation, differing) for name in differing}
    folded = {"folded_name": folded_name(differing["name"])} if "name" in differing else {}
    claim(organisation, **differing, **folded)
    record(
        events.EDITED,
        actor,
        organisation,
        municipality=organisation.municipality,
        reason=reason,
        changes=changes,
    )
    renamed.send(sender=Organisation, ids=[organisation.pk])
    return organisation


def number_for(organisation: Organisation, text: str) -> str:
    """The thirteen digits that the text says, if no other record of the town has them; refuses otherwise."""
    try:
        digits = corporate_number(text)
    except UnreadableCorporateNumber as unreadable:
        raise PartnerRefused(str(unreadable)) from unreadable
    others = Organisation.objects.of(organisation.municipality).unmerged().exclude(pk=organisation.pk)
    if other := others.filter(corporate_number=digits).first():
        raise SameNumber(other)
    return digits


def _told(name: str, organisation: Organisation, wanted: Mapping[str, str]) -> tuple[str, str]:
    before, after = getattr(organisation, name), wanted[name]
    if name == "kind":
        return str(PartnerKind(before).label), str(PartnerKind(after).label)
    return before, after
