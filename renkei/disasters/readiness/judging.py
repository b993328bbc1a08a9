"""How each sign of readiness is judged, with the sentence that says why; plain reading of facts, no question asked."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from renkei.disasters.contacts.chains import is_sure_at_night
from renkei.disasters.models import Capability, EmergencyContact
from renkei.disasters.models.contact import ONE_YEAR
from renkei.disasters.readiness.facts import AgreementFacts
from renkei.disasters.readiness.signs import Sign, SignState, Source, State
from renkei.disasters.readiness.town import THREE_YEARS, TownFacts
from renkei.disasters.vocabulary import DisasterFunction, HazardPosition, HowToAsk
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import both_calendars

FEW = 3
"""So many names stand in a sentence."""


def judge(facts: AgreementFacts, town: TownFacts) -> dict[Sign, SignState]:
    """Every sign of the agreement, in their order."""
    return {sign: JUDGES[sign](facts, town) for sign in Sign}


def _text(facts: AgreementFacts, town: TownFacts) -> SignState:
    source = Source("agreement", facts.agreement.public_id, facts.text or facts.agreement.title)
    if facts.text:
        return SignState(
            State.FULFILLED, _("「%(name)s」があります。") % {"name": facts.text}, sources=(source,)
        )
    return SignState(State.MISSING, _("協定書のファイルが添付されていません。"), sources=(source,))


def _capability(facts: AgreementFacts, town: TownFacts) -> SignState:
    if not facts.capabilities:
        return SignState(State.MISSING, _("採った支援内容が一件もありません(案は数えません)。"))
    confirmed = [
        one.confirmed_on for one in facts.capabilities if one.confirmed_on and one.confirmed_on <= town.day
    ]
    told = {"count": len(facts.capabilities), "what": listed([function_name(one) for one in facts.functions])}
    sentence = _("支援内容が%(count)s件あります(%(what)s)。") % told
    return SignState(
        State.FULFILLED,
        sentence,
        since=min(confirmed, default=None),
        sources=_capability_sources(facts.capabilities),
    )


def _contacts(facts: AgreementFacts, town: TownFacts) -> SignState:
    sources = tuple(_partner_source(one) for one in facts.partners.values())
    verified = [one for one in facts.contacts if one.is_verified(town.day)]
    night = [one for one in verified if is_sure_at_night(one, town.day)]
    told = {"all": len(facts.contacts), "verified": len(verified)}
    if not facts.contacts:
        return SignState(State.MISSING, _("緊急連絡先が登録されていません。"), sources=sources)
    if not verified:
        return SignState(State.MISSING, _stale(facts.contacts, town.day), sources=sources)
    if not night:
        sentence = _(
            "連絡先%(all)s件のうち%(verified)s件を1年以内に確かめましたが、夜間に電話できる連絡先がありません。"
        )
        return SignState(State.MISSING, sentence % told, sources=sources)
    sentence = _("連絡先%(all)s件のうち%(verified)s件を1年以内に確かめ、夜間の連絡先もあります。") % told
    known = max(one.verified_on for one in night if one.verified_on)
    return SignState(State.FULFILLED, sentence, since=known, until=known + ONE_YEAR, sources=sources)


def _stale(contacts: list[EmergencyContact], day: date) -> str:
    known = [one.verified_on for one in contacts if one.verified_on and one.verified_on <= day]
    told = {"all": len(contacts), "day": both_calendars(max(known)) if known else ""}
    if not known:
        return _("連絡先%(all)s件は、一度も確かめられていません。") % told
    if day - max(known) <= ONE_YEAR:
        return _("連絡先%(all)s件は、確かめた後につながらなくなりました(最後に確かめた日は%(day)s)。") % told
    return _("連絡先%(all)s件を最後に確かめたのは%(day)sで、1年を過ぎています。") % told


def _drilled(facts: AgreementFacts, town: TownFacts) -> SignState:
    known = [town.exercises[key] for key in facts.partners if key in town.exercises]
    if not known:
        return SignState(
            State.MISSING,
            _("この3年間に、訓練で電話がつながったことも、要請に回答があったこともありません。"),
        )
    last = max(known, key=lambda one: one.on)
    told = {"day": both_calendars(last.on), "title": last.title}
    sentence = (
        _("%(day)sに、訓練「%(title)s」で電話がつながりました。")
        if last.is_drill
        else _("%(day)sに、「%(title)s」での要請に回答がありました。")
    ) % told
    source = Source("incident", last.public_id, last.title)
    return SignState(State.FULFILLED, sentence, since=last.on, until=last.on + THREE_YEARS, sources=(source,))


def _asking_form(facts: AgreementFacts, town: TownFacts) -> SignState:
    if not facts.capabilities:
        return SignState(State.UNKNOWN, _("支援内容がないので、要請のしかたも分かりません。"))
    unknown = [one for one in facts.capabilities if one.how_to_ask == HowToAsk.UNKNOWN]
    if unknown:
        sentence = _("支援内容%(count)s件の要請のしかたが不明です。") % {"count": len(unknown)}
        return SignState(State.MISSING, sentence, sources=_capability_sources(unknown))
    bare = [one for one in facts.capabilities if one.how_to_ask != HowToAsk.BY_ITSELF and not one.asking_form]
    if bare and not town.own_form:
        sentence = _(
            "要請のしかたは分かりますが、支援内容%(count)s件に様式がなく、市の要請書のひな形もありません。"
        )
        return SignState(State.MISSING, sentence % {"count": len(bare)}, sources=_capability_sources(bare))
    if bare and town.own_form:
        source = Source("template", town.own_form.public_id, str(town.own_form))
        return SignState(
            State.FULFILLED, _("要請のしかたが分かり、市の要請書のひな形を使えます。"), sources=(source,)
        )
    sentence = _("要請のしかたと様式が分かります。")
    return SignState(State.FULFILLED, sentence, sources=_capability_sources(facts.capabilities))


def _alternatives(facts: AgreementFacts, town: TownFacts) -> SignState:
    if not facts.capabilities:
        return SignState(State.UNKNOWN, _("支援内容がないので、ほかの相手方と比べられません。"))
    wanted = [one for one in facts.functions if town.wants(one)]
    if not wanted:
        return SignState(State.NOT_NEEDED, _("代わりの相手方が要る支援ではありません。"))
    alone = [one for one in wanted if len(town.partners_of.get(one, ())) < 2]
    if alone:
        sentence = _("%(what)sは、ほかに応じる相手方がいません。")
        return SignState(State.MISSING, sentence % {"what": listed([function_name(one) for one in alone])})
    fewest = min(len(town.partners_of[one]) for one in wanted)
    return SignState(
        State.FULFILLED, _("どの支援にも、この相手方を含めて%(count)s者以上います。") % {"count": fewest}
    )


def _outside_hazard(facts: AgreementFacts, town: TownFacts) -> SignState:
    places = [(one, place) for one in facts.capabilities for place in one.places.all()]
    outside = [pair for pair in places if pair[1].hazard == HazardPosition.OUTSIDE]
    if outside:
        capability, place = outside[0]
        told = {"place": place.name, "count": len(outside)}
        sentence = (
            _("%(place)sなど%(count)sか所が危険区域の外にあります。")
            if len(outside) > 1
            else _("%(place)sが危険区域の外にあります。")
        )
        return SignState(State.FULFILLED, sentence % told, sources=_capability_sources([capability]))
    if not places:
        return SignState(
            State.UNKNOWN,
            _("供給の場所が登録されていません。"),
            sources=_capability_sources(facts.capabilities),
        )
    sources = _capability_sources([one for one, _place in places])
    if any(place.hazard == HazardPosition.UNKNOWN for _one, place in places):
        return SignState(
            State.UNKNOWN, _("供給の場所が危険区域にあるかどうか、確かめていません。"), sources=sources
        )
    return SignState(
        State.MISSING,
        _("供給の場所%(count)sか所が、すべて危険区域の中にあります。") % {"count": len(places)},
        sources=sources,
    )


JUDGES: dict[Sign, Callable[[AgreementFacts, TownFacts], SignState]] = {
    Sign.TEXT: _text,
    Sign.CAPABILITY: _capability,
    Sign.CONTACTS: _contacts,
    Sign.DRILLED: _drilled,
    Sign.ASKING_FORM: _asking_form,
    Sign.ALTERNATIVES: _alternatives,
    Sign.OUTSIDE_HAZARD: _outside_hazard,
}


def function_name(function: str) -> str:
    """燃料の供給."""
    return str(DisasterFunction(function).label)


def listed(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= FEW:
        return "、".join(names)
    return _("%(names)sほか%(count)s件") % {"names": "、".join(names[:FEW]), "count": len(names) - FEW}


def _capability_sources(capabilities: list[Capability]) -> tuple[Source, ...]:
    return tuple(Source("capability", one.public_id, str(one)) for one in dict.fromkeys(capabilities))


def _partner_source(partner: Organisation) -> Source:
    return Source("partner", partner.public_id, partner.name)
