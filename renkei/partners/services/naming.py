"""Names of partners: known ones found, new ones written down, a new name from a day on."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.municipalities.bulk import held, insert, new_keys, remove
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners import events
from renkei.partners.changes import renamed
from renkei.partners.models import Organisation, OrganisationName
from renkei.partners.services.claiming import PartnerRefused, claim
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.names import folded_name, partner_kind

CHUNK = 5000


class RenameRefused(PartnerRefused):
    """The partner cannot take this name; str() says why."""


def known_or_new(municipality: Municipality, kinds_by_name: Mapping[str, str | None]) -> dict[str, int]:
    """Keys of partners by the name as written: those already there after folding, new ones for the rest.

    A name that two partners share after folding goes to the older record; nothing is merged. A record that a
    person merged into another is not there any more: its names are the other's.
    """
    by_folded = known_by_folded_name(municipality)
    missing: dict[str, str] = {}
    for name in kinds_by_name:
        if (folded := folded_name(name)) not in by_folded:
            missing.setdefault(folded, name)
    by_folded |= _new(municipality, missing, kinds_by_name)
    return {name: by_folded[folded_name(name)] for name in kinds_by_name}


def known_by_folded_name(municipality: Municipality) -> dict[str, int]:
    """Keys of the town's partners by each of their folded names, the present ones first."""
    here = Organisation.objects.of(municipality).unmerged().order_by("-pk")
    by_folded = dict(here.values_list("folded_name", "pk"))
    former = OrganisationName.objects.filter(organisation__municipality=municipality)
    for folded, pk in former.values_list("folded_name", "organisation"):
        by_folded.setdefault(folded, pk)
    return by_folded


def _new(
    municipality: Municipality, names: Mapping[str, str], kinds: Mapping[str, str | None]
) -> dict[str, int]:
    """Keys of new partners by their folded name."""
    keys = dict(zip(names, new_keys(Organisation, len(names)), strict=True))
    rows = (
        (keys[folded], municipality.pk, new_public_id(), name, folded, kinds[name] or partner_kind(name))
        for folded, name in names.items()
    )
    insert(Organisation, ("id", "municipality_id", "public_id", "name", "folded_name", "kind"), rows)
    return keys


@transaction.atomic
def rename(
    organisation: Organisation, *, name: str, from_day: date, actor: User | None, reason: str = ""
) -> Organisation:
    """Give the partner another name from the day on; the former one stays findable."""
    if not name.strip() or name.strip() == organisation.name:
        raise RenameRefused(_("新しい名称を、いまの名称と違うものにしてください。"))
    latest = organisation.names.aggregate(latest=Max("ends_on"))["latest"]
    if latest and from_day <= latest + timedelta(days=1):
        raise RenameRefused(
            _("%(day)sまでの旧名称が記録されています。それより後の日から改めてください。")
            % {"day": japanese_date(latest)}
        )
    former, folded = organisation.name, organisation.folded_name
    try:
        claim(organisation, name=name.strip()[:300], folded_name=folded_name(name))
    except PartnerRefused as refusal:
        raise RenameRefused(str(refusal)) from refusal
    OrganisationName.objects.create(
        organisation=organisation, name=former, folded_name=folded, ends_on=from_day - timedelta(days=1)
    )
    record(
        events.RENAMED,
        actor,
        organisation,
        municipality=organisation.municipality,
        reason=reason,
        changes={"partners.organisation.name": (former, organisation.name)},
        former=former,
        on=japanese_date(from_day),
    )
    renamed.send(sender=Organisation, ids=[organisation.pk])
    return organisation


def forget_unused(organisations: Iterable[int]) -> None:
    """Delete those of the partners that are a name only; one to which a person added something stays,
    and so does one whose people come to the counter or with whom a procedure goes on.

    The caller has made sure that no agreement names them.
    """
    name_only = Organisation.objects.filter(
        version=1,
        names=None,
        name_kana="",
        corporate_number="",
        address="",
        notes="",
        dissolved_on=None,
        merged_into=None,
    ).exclude(pk__in=Organisation.objects.filter(merged_into__isnull=False).values("merged_into"))
    keys = list(organisations)
    for start in range(0, len(keys), CHUNK):
        some = name_only.filter(pk__in=keys[start : start + CHUNK])
        ids = list(some.values_list("pk", flat=True))
        remove(Organisation, sorted({*ids} - held(Organisation, ids)))
