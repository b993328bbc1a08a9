"""What can be done with partners."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.municipalities.bulk import insert, new_keys, remove
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners import events
from renkei.partners.changes import renamed
from renkei.partners.models import Organisation, OrganisationName
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.names import folded_name, partner_kind

CHUNK = 5000


class RenameRefused(ValueError):
    """The partner cannot take this name; str() says why."""


def known_or_new(municipality: Municipality, kinds_by_name: Mapping[str, str | None]) -> dict[str, int]:
    """Keys of partners by the name as written: those already there after folding, new ones for the rest.

    A name that two partners share after folding goes to the older record; nothing is merged.
    """
    here = Organisation.objects.of(municipality).order_by("-pk")
    by_folded = dict(here.values_list("folded_name", "pk"))
    former = OrganisationName.objects.filter(organisation__municipality=municipality)
    for folded, pk in former.values_list("folded_name", "organisation"):
        by_folded.setdefault(folded, pk)
    missing: dict[str, str] = {}
    for name in kinds_by_name:
        if (folded := folded_name(name)) not in by_folded:
            missing.setdefault(folded, name)
    by_folded |= _new(municipality, missing, kinds_by_name)
    return {name: by_folded[folded_name(name)] for name in kinds_by_name}


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
def rename(organisation: Organisation, *, name: str, from_day: date, actor: User | None) -> Organisation:
    """Give the partner another name from the day on; the former one stays findable."""
    if not name.strip() or name.strip() == organisation.name:
        raise RenameRefused(_("新しい名称を、いまの名称と違うものにしてください。"))
    latest = organisation.names.aggregate(latest=Max("ends_on"))["latest"]
    if latest and from_day <= latest + timedelta(days=1):
        raise RenameRefused(
            _("%(day)sまでの旧名称が記録されています。それより後の日から改めてください。")
            % {"day": japanese_date(latest)}
        )
    former = organisation.name
    OrganisationName.objects.create(
        organisation=organisation,
        name=former,
        folded_name=organisation.folded_name,
        ends_on=from_day - timedelta(days=1),
    )
    claimed = Organisation.objects.filter(pk=organisation.pk, version=organisation.version).update(
        name=name.strip(), folded_name=folded_name(name), version=organisation.version + 1
    )
    if not claimed:
        raise RenameRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    organisation.refresh_from_db()
    record(events.RENAMED, actor, organisation, municipality=organisation.municipality, former=former)
    renamed.send(sender=Organisation, ids=[organisation.pk])
    return organisation


def forget_unused(organisations: Iterable[int]) -> None:
    """Delete those of the partners that are a name only; one to which a person added something stays.

    The caller has made sure that no agreement names them.
    """
    name_only = Organisation.objects.filter(
        version=1, names=None, name_kana="", corporate_number="", address="", notes=""
    )
    keys = list(organisations)
    for start in range(0, len(keys), CHUNK):
        some = name_only.filter(pk__in=keys[start : start + CHUNK])
        remove(Organisation, list(some.values_list("pk", flat=True)))
