"""Correcting what the register has wrong about the signed text; the agreement itself did not change."""

from dataclasses import replace

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.comparing import differences, first_row, text_facts, told
from renkei.agreements.facts import AgreementFacts, PartyFacts, TextFacts
from renkei.agreements.models import Agreement, Ending, Party, RenewalRule, Term
from renkei.agreements.services.claiming import Refused, claim
from renkei.agreements.services.items import write_items
from renkei.agreements.services.register import first_term, refuse_incomplete
from renkei.audit.services import record
from renkei.partners.services import known_or_new
from renkei.rules.names import folded_name

OUT_OF_THE_WAY = 10_000
"""Added to the places of a row of parties while they are put into a new order, since no two share a place."""


class CorrectionRefused(Refused):
    """The agreement is not corrected; str() says why and what to do."""


@transaction.atomic
def correct(agreement: Agreement, facts: TextFacts, *, reason: str, actor: User | None) -> Agreement:
    """Mend what the register has wrong about the text, and tell why and just what changed."""
    now = text_facts(agreement)
    refuse_incomplete(_registrable(agreement, facts))
    _refuse_without_sense(agreement, facts, now, reason)
    before, moves = told(agreement), _moves_terms(agreement, facts, now)
    claim(agreement)
    _write_columns(agreement, facts)
    _write_parties(agreement, facts.parties, now.parties)
    write_items(agreement, facts.items)
    _write_rule(agreement, facts)
    if moves:
        _write_term(agreement, facts)
    changes = differences(before, told(agreement))
    record(
        events.CORRECTED,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=reason.strip(),
        changes=changes,
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement


def _refuse_without_sense(agreement: Agreement, facts: TextFacts, now: TextFacts, reason: str) -> None:
    if not reason.strip():
        raise CorrectionRefused(
            _("訂正の理由が空です。何を見て、なぜ直すのかを書いてください。例: 協定書の写しと照合した。")
        )
    if _comparable(facts) == _comparable(now):
        raise CorrectionRefused(
            _("何も変わっていません。直すところがなければ「やめて協定に戻る」を選んでください。")
        )
    rows = [party.row for party in facts.parties if party.row]
    if not {*rows} <= {party.row for party in now.parties} or len(rows) != len({*rows}):
        raise CorrectionRefused(_("当事者の行が、いまの登録と合いません。画面を開き直してください。"))
    if _moves_terms(agreement, facts, now) or _months(facts) != _months(now):
        _refuse_to_move_terms(agreement)


def _months(facts: TextFacts) -> int | None:
    """The length of a further term: on it depends when all of them end."""
    return facts.renewal.months if facts.renewal else None


def _refuse_to_move_terms(agreement: Agreement) -> None:
    """Days that an ending, an amendment or a decision was built on stay until that is taken back."""
    if Ending.objects.filter(agreement=agreement).exists():
        raise CorrectionRefused(
            _(
                "終了が記録されているため、期間と更新の種類・限りは訂正できません。"
                "先に「終了を取り消す」で終了を取り消し、期間を訂正してから、もう一度終了を記録してください。"
            )
        )
    if any({"terms", "rule"} & {*one.former} for one in agreement.amendments.all()):
        raise CorrectionRefused(
            _(
                "期間か更新の定めの変更が記録されているため、はじめの期間は訂正できません。"
                "先に「いちばん新しい変更を取り消す」で変更を取り消し、訂正してから、もう一度変更を記録してください。"
            )
        )
    if agreement.renewal_decisions.exists() or agreement.terms.count() > 1:
        raise CorrectionRefused(
            _(
                "更新の判断か更新後の期間が記録されているため、はじめの期間は訂正できません。"
                "先にその判断を取り消し、期間を訂正してから、もう一度判断を記録してください。"
            )
        )


def _comparable(facts: TextFacts) -> TextFacts:
    """Without what a correction leaves alone: a partner's kind, and what the register adds to the rule."""
    renewal = facts.renewal and replace(facts.renewal, last_confirmed_on=None, notice_effect="")
    return replace(facts, parties=tuple(replace(one, kind=None) for one in facts.parties), renewal=renewal)


def _moves_terms(agreement: Agreement, facts: TextFacts, now: TextFacts) -> bool:
    """Whether another first term follows from the facts than from those that stand."""
    after, before = (first_term(_registrable(agreement, one)) for one in (facts, now))
    return after != before


def _registrable(agreement: Agreement, facts: TextFacts) -> AgreementFacts:
    row = first_row(agreement)
    if row is None:
        raise CorrectionRefused(_("期間の記録がない協定です。総括課に知らせてください。"))
    return AgreementFacts(
        title=facts.title,
        parties=facts.parties,
        listed_on=row.starts_on,
        signed=facts.signed,
        term=facts.term,
        renewal=facts.renewal,
    )


def _write_columns(agreement: Agreement, facts: TextFacts) -> None:
    agreement.title = facts.title[:400]
    agreement.form = facts.form
    agreement.document_kind = facts.document_kind
    agreement.signed_on = facts.signed.exact if facts.signed else None
    agreement.signed_as = facts.signed.iso if facts.signed else ""
    agreement.save(update_fields=["title", "form", "document_kind", "signed_on", "signed_as"])


def _write_parties(agreement: Agreement, asked: tuple[PartyFacts, ...], now: tuple[PartyFacts, ...]) -> None:
    """Rows keep their key, their partner and their days; a partner is looked up where the name is another one."""
    names = {party.row: party.name for party in now}
    unnamed = [party for party in asked if not party.is_town and not _same(names.get(party.row), party.name)]
    partners = known_or_new(agreement.municipality, {party.name: party.kind for party in unnamed})
    rows = {row.pk: row for row in agreement.parties.all()}
    kept = {party.row for party in asked}
    Party.objects.filter(pk__in=[pk for pk in rows if pk not in kept]).delete()
    agreement.parties.update(position=F("position") + OUT_OF_THE_WAY)
    for place, party in enumerate(asked, start=1):
        row = rows.get(party.row or 0) or Party(agreement=agreement)
        if party.is_town:
            row.organisation = None
        elif party.name in partners:
            row.organisation_id = partners[party.name]
        elif row.organisation_id is None:
            row.organisation_id = known_or_new(agreement.municipality, {party.name: party.kind})[party.name]
        row.position, row.letter, row.name_as_signed = place, party.letter[:20], party.name[:300]
        row.unit, row.signatory = party.unit[:200], party.signatory[:200]
        row.duties, row.remark = party.duties, party.remark[:400]
        row.save()


def _same(known: str | None, asked: str) -> bool:
    """Whether both are one name after folding: another spelling leads to no other partner."""
    return known is not None and folded_name(known) == folded_name(asked)


def _write_rule(agreement: Agreement, facts: TextFacts) -> None:
    """The rule as the text has it; what the register adds to it (last confirmed, whom a notice ends it for) stays."""
    rule = facts.renewal
    if rule is None:
        RenewalRule.objects.filter(agreement=agreement).delete()
        return
    RenewalRule.objects.update_or_create(
        agreement=agreement,
        defaults={
            "kind": rule.kind,
            "months": rule.months,
            "notice_months": rule.notice_months,
            "notice_days": rule.notice_days,
            "clause": rule.clause,
        },
    )


def _write_term(agreement: Agreement, facts: TextFacts) -> None:
    starts_on, ends_on, until, basis = first_term(_registrable(agreement, facts))
    row = first_row(agreement) or Term(agreement=agreement)
    row.starts_on, row.ends_on, row.in_force_until, row.start_basis = starts_on, ends_on, until, basis
    row.save()
