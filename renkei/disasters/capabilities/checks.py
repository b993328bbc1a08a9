"""Whether what is said about a capability fits, and what is written about it, as facts and in words."""

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Party
from renkei.disasters.capabilities.facts import CapabilityFacts, PlaceFacts
from renkei.disasters.models import Capability, SupplyPlace
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.vocabulary import CapabilityState, Certainty, DisasterFunction
from renkei.partners.models import Organisation, OrganisationQuerySet

COLUMNS = (
    "function", "goods", "quantity", "unit", "certainty", "area", "lead_hours", "hours", "hours_note", "conditions",
    "cost_bearer", "cost_note", "how_to_ask", "asked_by", "asking_form", "asking_channel",
)  # fmt: skip
OF_ORIGIN = ("state", "source", "source_text", "confirmed_on", "confirmed_how", "is_sample")
MOST_PLACES = 50
LARGEST = Decimal(10) ** 12
LONGEST_HOURS = 10_000


def claim(capability: Capability) -> None:
    """Take the capability as of the version that was read, or refuse."""
    if not Capability.objects.claim(capability):
        raise CapabilityRefused(
            _("ほかの人が先に変更しました。画面を読み直し、いまの内容を確かめてください。")
        )


def refuse_ended(capability: Capability) -> None:
    """What was ended is only read."""
    if capability.state == CapabilityState.ENDED:
        raise CapabilityRefused(_("取りやめた支援内容です。続けるときは、新しく書いてください。"))


def partners_of(agreement: Agreement) -> "OrganisationQuerySet":
    """The partners of the agreement, with the records that were merged into them."""
    held = Party.objects.filter(agreement=agreement, organisation__isnull=False).values("organisation")
    return Organisation.objects.filter(Q(pk__in=held) | Q(merged_into__in=held))


def partner_of(agreement: Agreement, organisation_id: int | None) -> Organisation:
    """The partner that is named, which has to be a party; where the agreement has one partner, that one."""
    partners = partners_of(agreement)
    if organisation_id is None:
        only = list(partners.filter(merged_into=None)[:2])
        if len(only) == 1:
            return only[0]
        raise CapabilityRefused(_("この協定には相手方が一者ではありません。行う相手方を選んでください。"))
    if found := partners.filter(pk=organisation_id).first():
        return found
    raise CapabilityRefused(_("行う相手方は、この協定の当事者から選んでください。"))


def refuse_unfitting(facts: CapabilityFacts) -> None:
    """What is said has to be enough to be acted on at night."""
    if facts.function not in DisasterFunction.values:
        raise CapabilityRefused(_("支援の種類を一覧から選んでください。"))
    if facts.function == DisasterFunction.OTHER and not facts.goods.strip():
        raise CapabilityRefused(_("「その他」のときは、何をするのかを「品目・内容」に書いてください。"))
    _refuse_long(facts)
    _refuse_amount(facts)
    _refuse_hours(facts)
    if len(facts.places) > MOST_PLACES:
        raise CapabilityRefused(_("場所は%sか所までです。減らしてください。") % MOST_PLACES)
    if any(not one.name.strip() for one in facts.places):
        raise CapabilityRefused(_("場所の名前が空です。例: 旭川配送センター"))


def _refuse_long(facts: CapabilityFacts) -> None:
    for name in COLUMNS:
        column = Capability._meta.get_field(name)
        told, longest = getattr(facts, name), getattr(column, "max_length", None)
        if isinstance(told, str) and longest and len(told) > longest:
            raise CapabilityRefused(
                _("%(name)sは%(longest)s文字までで書いてください。")
                % {"name": getattr(column, "verbose_name", name), "longest": longest}
            )


def _refuse_hours(facts: CapabilityFacts) -> None:
    told = facts.lead_hours
    if told is not None and (not 0 <= told < LONGEST_HOURS or told != round(told, 1)):
        raise CapabilityRefused(_("到着までの時間は、0から9999までの時間で、小数は1桁までです。例: 6、0.5"))


def _refuse_amount(facts: CapabilityFacts) -> None:
    if facts.quantity is None:
        if facts.certainty == Certainty.GUARANTEED:
            raise CapabilityRefused(
                _("「確保されている数量」には数量が要ります。数量を書くか、確かさを変えてください。")
            )
        return
    if not 0 < facts.quantity < LARGEST:
        raise CapabilityRefused(_("数量は0より大きい数にしてください。分からなければ空けてください。"))
    if facts.quantity != round(facts.quantity, 2):
        raise CapabilityRefused(_("数量の小数は2桁までで書いてください。例: 1.25"))
    if not facts.unit.strip():
        raise CapabilityRefused(_("数量の単位を書いてください。例: 本、枚、台、人"))
    if facts.certainty == Certainty.NONE:
        raise CapabilityRefused(
            _(
                "「数量の定めなし」なのに数量が書かれています。数量を消すか、確かさを「見込み」か「確保」に変えてください。"
            )
        )


def facts_of(capability: Capability) -> CapabilityFacts:
    """The capability as facts, to be changed in part and written back."""
    places = tuple(
        PlaceFacts(one.name, one.address, one.latitude, one.longitude, one.hazard)
        for one in SupplyPlace.objects.filter(capability=capability)
    )
    names = (*COLUMNS, *OF_ORIGIN, "organisation_id")
    return CapabilityFacts(**{name: getattr(capability, name) for name in names}, places=places)


def told(capability: Capability) -> dict[str, object]:
    """What is written about it, by the names under which changes are told."""
    found: dict[str, object] = {}
    for name in (*COLUMNS, "organisation", "state"):
        value = getattr(capability, name)
        if isinstance(value, Decimal):
            value = f"{value.normalize():f}"
        found[f"disasters.capability.{name}"] = "" if value is None else str(value)
    places = SupplyPlace.objects.filter(capability=capability)
    found["disasters.supplyplace"] = "、".join(_place(one) for one in places)
    return found


def _place(place: SupplyPlace) -> str:
    return " ".join(
        str(part)
        for part in (place.name, place.address, place.latitude, place.longitude, place.get_hazard_display())
        if part not in (None, "")
    )
