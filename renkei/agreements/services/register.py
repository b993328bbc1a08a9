"""Bringing agreements into the register, one or many, and taking back what was brought in by mistake."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.facts import AgreementFacts
from renkei.agreements.models import Agreement, AgreementField, Field, Item, Party, RenewalRule, Term
from renkei.agreements.vocabulary import StartBasis
from renkei.audit.services import record
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.partners.services import forget_unused, known_or_new

BATCH = 500


class RegistrationRefused(ValueError):
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
    Agreement.objects.bulk_create(agreements, batch_size=BATCH)
    pairs = list(zip(agreements, facts, strict=True))
    _write_parties(pairs, municipality)
    _write_fields(pairs)
    Item.objects.bulk_create(
        [
            Item(agreement=agreement, position=position, heading=heading)
            for agreement, one in pairs
            for position, heading in enumerate(one.items, start=1)
        ],
        batch_size=BATCH,
    )
    Term.objects.bulk_create([first_term(agreement, one) for agreement, one in pairs], batch_size=BATCH)
    RenewalRule.objects.bulk_create([_rule(a, f) for a, f in pairs if f.renewal], batch_size=BATCH)
    changed.send(sender=Agreement, ids=[agreement.pk for agreement in agreements])
    return agreements


@transaction.atomic
def unregister_many(agreements: Sequence[Agreement]) -> None:
    """Take agreements out again that nothing was built on; the caller has checked that and tells it."""
    ids = [agreement.pk for agreement in agreements]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        named = set(
            Party.objects.filter(agreement__in=some, organisation__isnull=False).values_list(
                "organisation", flat=True
            )
        )
        Agreement.objects.filter(pk__in=some).delete()
        still_named = set(Party.objects.filter(organisation__in=named).values_list("organisation", flat=True))
        forget_unused(named - still_named)
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


def first_term(agreement: Agreement, facts: AgreementFacts) -> Term:
    """The first term as far as it is known; an unknown first day is never invented but counted from a certain one."""
    if facts.term:
        ends_on = facts.term.last_day
        until = ends_on
        if facts.renewal and facts.renewal.goes_on:
            until = facts.renewal.in_force_until
        return Term(
            agreement=agreement, starts_on=facts.term.first_day, ends_on=ends_on, in_force_until=until
        )
    signed = facts.signed
    if signed is None:
        return Term(agreement=agreement, starts_on=facts.listed_on, start_basis=StartBasis.LISTED)
    if signed.exact:
        return Term(agreement=agreement, starts_on=signed.exact)
    basis = StartBasis.MONTH_END if signed.month else StartBasis.YEAR_END
    return Term(agreement=agreement, starts_on=signed.last, start_basis=basis)


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
    if Division.objects.of(municipality).filter(pk__in=named).count() != len(named):
        raise RegistrationRefused(_("担当課が見つかりません。自分の自治体の課を選んでください。"))


def _write_parties(pairs: list[tuple[Agreement, AgreementFacts]], municipality: Municipality) -> None:
    kinds = {party.name: party.kind for _a, one in pairs for party in one.parties if not party.is_town}
    partners = known_or_new(municipality, kinds)
    rows = []
    for agreement, one in pairs:
        for position, party in enumerate(one.parties, start=1):
            partner: Organisation | None = None if party.is_town else partners[party.name]
            rows.append(
                Party(
                    agreement=agreement,
                    position=position,
                    letter=party.letter,
                    organisation=partner,
                    name_as_signed=party.name[:300],
                    unit=party.unit[:200],
                    signatory=party.signatory[:200],
                    duties=party.duties,
                    remark=party.remark[:400],
                )
            )
    Party.objects.bulk_create(rows, batch_size=BATCH)


def _write_fields(pairs: list[tuple[Agreement, AgreementFacts]]) -> None:
    known = {known.slug: known for known in Field.objects.all()}
    rows = []
    for agreement, one in pairs:
        main = one.main_field
        slugs = dict.fromkeys([*([main] if main else []), *one.fields])
        rows += [
            AgreementField(agreement=agreement, field=known[slug], is_main=slug == main)
            for slug in slugs
            if slug in known
        ]
    AgreementField.objects.bulk_create(rows, batch_size=BATCH)


def _rule(agreement: Agreement, facts: AgreementFacts) -> RenewalRule:
    renewal = facts.renewal
    assert renewal is not None
    return RenewalRule(
        agreement=agreement,
        kind=renewal.kind,
        months=renewal.months,
        notice_months=renewal.notice_months,
        notice_days=renewal.notice_days,
        clause=renewal.clause,
        last_confirmed_on=renewal.last_confirmed_on,
    )
