"""Bringing agreements into the register, one or many, and taking back what was brought in by mistake."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.facts import AgreementFacts, PartyFacts
from renkei.agreements.models import Agreement, AgreementField, Field, Item, Party, RenewalRule, Term
from renkei.agreements.services.claiming import Refused
from renkei.agreements.vocabulary import StartBasis
from renkei.audit.services import record
from renkei.municipalities.bulk import insert, new_keys, remove, values_among
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.services import forget_unused, known_or_new

Pair = tuple[int, AgreementFacts]
COLUMNS = tuple(field.attname for field in Agreement._meta.concrete_fields)
RULE = ("kind", "months", "notice_months", "notice_days", "notice_effect", "clause", "last_confirmed_on")


class RegistrationRefused(Refused):
    """The agreement cannot be registered; str() says what is missing and what to do."""


@transaction.atomic
def register(facts: AgreementFacts, *, municipality: Municipality, actor: User | None) -> Agreement:
    """Bring one agreement into the register and tell it."""
    agreement = register_many([facts], municipality=municipality)[0]
    record(events.REGISTERED, actor, agreement, municipality=municipality)
    return agreement


@transaction.atomic
def register_many(facts: Sequence[AgreementFacts], *, municipality: Municipality) -> list[Agreement]:
    """Bring many agreements in, in the order given; the caller tells the event for all of them."""
    for one in facts:
        refuse_incomplete(one)
    _refuse_foreign_divisions(facts, municipality)
    agreements = [_agreement(one, municipality) for one in facts]
    keys = new_keys(Agreement, len(facts))
    for agreement, key in zip(agreements, keys, strict=True):
        agreement.pk = key
        agreement._state.adding = False
    insert(Agreement, COLUMNS, map(attrgetter(*COLUMNS), agreements))
    _write_what_hangs_on(list(zip(keys, facts, strict=True)), municipality)
    changed.send(sender=Agreement, ids=keys)
    return agreements


def _write_what_hangs_on(pairs: Sequence[Pair], municipality: Municipality) -> None:
    _write_parties(pairs, municipality)
    _write_fields(pairs)
    items = ((key, place, heading) for key, one in pairs for place, heading in enumerate(one.items, start=1))
    insert(Item, ("agreement_id", "position", "heading"), items)
    terms = ((key, *first_term(one)) for key, one in pairs)
    insert(Term, ("agreement_id", "starts_on", "ends_on", "in_force_until", "start_basis"), terms)
    rules = ((key, *attrgetter(*RULE)(one.renewal)) for key, one in pairs if one.renewal)
    insert(RenewalRule, ("agreement_id", *RULE), rules)


@transaction.atomic
def unregister_many(agreements: Sequence[Agreement]) -> None:
    """Take agreements out again that nothing was built on; the caller has checked that and tells it."""
    ids = [agreement.pk for agreement in agreements]
    named = {*values_among(Party, "organisation_id", "agreement_id", ids)} - {None}
    remove(Agreement, ids)
    forget_unused(named.difference(values_among(Party, "organisation_id", "organisation_id", list(named))))
    changed.send(sender=Agreement, ids=ids)


def refuse_incomplete(facts: AgreementFacts) -> None:
    """The least for an agreement is a title and a partner."""
    if not facts.title.strip():
        raise RegistrationRefused(_("協定名が空です。協定名を入れてください。"))
    if not any(party.name.strip() and not party.is_town for party in facts.parties):
        raise RegistrationRefused(
            _("「%(title)s」の相手方が空です。相手方を一つ以上入れてください。") % {"title": facts.title}
        )
    term = facts.term
    if term and term.last_day and term.last_day < term.first_day:
        raise RegistrationRefused(
            _("「%(title)s」の終期が始期より前です。期間を確かめてください。") % {"title": facts.title}
        )


def first_term(facts: AgreementFacts) -> tuple[date, date | None, date | None, StartBasis]:
    """First day, last day, last day in force and basis of the first term as far as it is known.

    An unknown first day is never invented but counted from a certain one.
    """
    if facts.term:
        until = ends_on = facts.term.last_day
        if facts.renewal and facts.renewal.goes_on:
            until = facts.renewal.in_force_until
        return facts.term.first_day, ends_on, until, StartBasis.STATED
    signed = facts.signed
    if signed is None:
        return facts.listed_on, None, None, StartBasis.LISTED
    if signed.exact:
        return signed.exact, None, None, StartBasis.STATED
    return signed.last, None, None, StartBasis.MONTH_END if signed.month else StartBasis.YEAR_END


def _agreement(facts: AgreementFacts, municipality: Municipality) -> Agreement:
    signed = facts.signed
    return Agreement(
        municipality=municipality,
        public_id=facts.public_id or new_public_id(),
        title=facts.title[:400],
        title_kana=facts.title_kana,
        form=facts.form,
        document_kind=facts.document_kind,
        purpose=facts.purpose,
        notes=facts.notes,
        remarks=list(facts.remarks),
        signed_on=signed.exact if signed else None,
        signed_as=signed.iso if signed else "",
        division_id=facts.division_id,
        series_id=facts.series_id,
        is_published=facts.is_published,
        source=facts.source,
        is_sample=facts.is_sample,
    )


def _refuse_foreign_divisions(facts: Sequence[AgreementFacts], municipality: Municipality) -> None:
    named = {one.division_id for one in facts if one.division_id}
    if Division.objects.of(municipality, with_portions=True).filter(pk__in=named).count() != len(named):
        raise RegistrationRefused(_("担当課が見つかりません。自分の自治体の課を選んでください。"))


def _write_parties(pairs: Sequence[Pair], municipality: Municipality) -> None:
    named = [party for _key, one in pairs for party in one.parties if not party.is_town]
    kinds = {party.name: party.kind for party in named if party.organisation_id is None}
    partners = known_or_new(municipality, kinds)
    rows = (
        (
            key, place, party.letter, _partner(party, partners), party.name[:300],
            party.unit[:200], party.signatory[:200], party.duties, party.remark[:400],
        )
        for key, one in pairs
        for place, party in enumerate(one.parties, start=1)
    )  # fmt: skip
    insert(
        Party,
        (
            "agreement_id", "position", "letter", "organisation_id", "name_as_signed",
            "unit", "signatory", "duties", "remark",
        ),
        rows,
    )  # fmt: skip


def _partner(party: PartyFacts, partners: Mapping[str, int]) -> int | None:
    """The partner of a party: the one it names by key, else the one of its name; the town itself is none."""
    return None if party.is_town else party.organisation_id or partners[party.name]


def _write_fields(pairs: Sequence[Pair]) -> None:
    known = dict(Field.objects.order_by().values_list("slug", "pk"))
    rows = (
        (key, known[slug], slug == one.main_field)
        for key, one in pairs
        for slug in dict.fromkeys([*([one.main_field] if one.main_field else []), *one.fields])
        if slug in known
    )
    insert(AgreementField, ("agreement_id", "field_id", "is_main"), rows)
