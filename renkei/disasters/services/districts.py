"""Writing the places of the town that help goes to, one by one or from a list."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.audit.actors import Actor
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.capabilities.district_facts import DistrictFacts, DistrictRow
from renkei.disasters.models import District
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.vocabulary import DistrictKind
from renkei.municipalities.models import Municipality

COLUMNS = ("name", "kind", "address", "latitude", "longitude")


@transaction.atomic
def write_district(
    town: Municipality, facts: DistrictFacts, *, actor: Actor, public_id: str = ""
) -> District:
    """Write down one place; the same public id writes it once."""
    if public_id and (known := District.objects.of(town).filter(public_id=public_id).first()):
        return known
    _refuse_unfitting(town, facts, None)
    made = District(municipality=town, **{name: getattr(facts, name) for name in COLUMNS})
    if public_id:
        made.public_id = public_id
    made.save()
    record(events.DISTRICT_WRITTEN, actor, made, municipality=town)
    return made


@transaction.atomic
def edit_district(district: District, facts: DistrictFacts, *, actor: Actor) -> District:
    """Bring the place to the facts."""
    _refuse_unfitting(district.municipality, facts, district)
    before = {name: str(getattr(district, name) or "") for name in COLUMNS}
    if not _bring(district, facts):
        raise CapabilityRefused(
            _("何も変わっていません。変えるところがなければ「やめて戻る」を選んでください。")
        )
    district.save()
    changes = {
        f"disasters.district.{name}": (told, str(getattr(district, name) or ""))
        for name, told in before.items()
        if told != str(getattr(district, name) or "")
    }
    record(events.DISTRICT_EDITED, actor, district, municipality=district.municipality, changes=changes)
    return district


@transaction.atomic
def take_districts(town: Municipality, rows: Sequence[DistrictRow], *, actor: Actor) -> tuple[int, int]:
    """Take a list in, in one act: places of a known name are changed, the others added; how many of each."""
    if any(row.problems or row.facts is None for row in rows):
        raise CapabilityRefused(_("問題のある行があります。直してから取り込んでください。"))
    if not rows:
        raise CapabilityRefused(_("行がありません。名称、種類、所在地、緯度、経度の列を貼り付けてください。"))
    known = {one.name: one for one in District.objects.of(town)}
    told = [row.facts for row in rows if row.facts]
    changed = [known[one.name] for one in told if one.name in known and _bring(known[one.name], one)]
    added = [
        District(municipality=town, **{name: getattr(one, name) for name in COLUMNS})
        for one in told
        if one.name not in known
    ]
    District.objects.bulk_update(changed, COLUMNS)
    District.objects.bulk_create(added)
    record(events.DISTRICTS_TAKEN_IN, actor, town, municipality=town, added=len(added), changed=len(changed))
    return len(added), len(changed)


def _bring(district: District, facts: DistrictFacts) -> bool:
    """Set what the facts say; whether anything is different now."""
    before = [getattr(district, name) for name in COLUMNS]
    for name in COLUMNS:
        setattr(district, name, getattr(facts, name))
    return before != [getattr(district, name) for name in COLUMNS]


def _refuse_unfitting(town: Municipality, facts: DistrictFacts, own: District | None) -> None:
    if not facts.name.strip():
        raise CapabilityRefused(_("名称が空です。例: 東光地区"))
    if facts.kind not in DistrictKind.values:
        raise CapabilityRefused(_("種類を一覧から選んでください。"))
    same = District.objects.of(town).filter(name=facts.name)
    if any(one != own for one in same):
        raise CapabilityRefused(_("同じ名称の地区・届け先があります。別の名称にしてください。"))
