"""Editing what the register adds to an agreement: division, fields, notes and the like."""

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.comparing import differences, kept_facts, told
from renkei.agreements.facts import KeptFacts
from renkei.agreements.models import Agreement, AgreementField, Field, RenewalRule, Series
from renkei.agreements.services.claiming import Refused, claim
from renkei.audit.services import record
from renkei.municipalities.models import Division


class EditRefused(Refused):
    """The agreement is not edited; str() says why and what to do."""


@transaction.atomic
def edit(agreement: Agreement, facts: KeptFacts, *, actor: User | None) -> Agreement:
    """Bring what the register adds to the agreement to the given facts, and tell just what changed."""
    now = kept_facts(agreement)
    if _said(facts) == _said(now):
        raise EditRefused(
            _("何も変わっていません。変えるところがなければ「やめて協定に戻る」を選んでください。")
        )
    _refuse_unknown(agreement, facts, now)
    before = told(agreement)
    claim(agreement)
    _write(agreement, facts)
    changes = differences(before, told(agreement))
    record(events.EDITED, actor, agreement, municipality=agreement.municipality, changes=changes)
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement


def _said(facts: KeptFacts) -> tuple[object, ...]:
    """The facts with the other fields in no order."""
    others = frozenset(facts.fields) - {facts.main_field}
    rest = (facts.title_kana, facts.purpose, facts.notes, facts.source, facts.series_id)
    return facts.division_id, facts.main_field, others, rest, facts.notice_effect, facts.last_confirmed_on


def _refuse_unknown(agreement: Agreement, facts: KeptFacts, now: KeptFacts) -> None:
    town = agreement.municipality
    known = Division.objects.of(town, with_portions=True)
    if facts.division_id and not known.filter(pk=facts.division_id).exists():
        raise EditRefused(_("担当課が見つかりません。自分の自治体の課を選んでください。"))
    if facts.series_id and not Series.objects.of(town).filter(pk=facts.series_id).exists():
        raise EditRefused(_("同文協定が見つかりません。自分の自治体の同文協定を選んでください。"))
    about_rule = (facts.notice_effect, facts.last_confirmed_on)
    has_rule = RenewalRule.objects.filter(agreement=agreement).exists()
    if about_rule != (now.notice_effect, now.last_confirmed_on) and not has_rule:
        raise EditRefused(_("更新の定めが記録されていません。先に「訂正する」で更新の定めを入れてください。"))


def _write(agreement: Agreement, facts: KeptFacts) -> None:
    agreement.division_id = facts.division_id
    agreement.title_kana = facts.title_kana[:400]
    agreement.purpose = facts.purpose
    agreement.notes = facts.notes
    agreement.source = facts.source[:400]
    agreement.series_id = facts.series_id
    agreement.save(update_fields=["division", "title_kana", "purpose", "notes", "source", "series"])
    RenewalRule.objects.filter(agreement=agreement).update(
        notice_effect=facts.notice_effect, last_confirmed_on=facts.last_confirmed_on
    )
    _write_fields(agreement, facts)


def _write_fields(agreement: Agreement, facts: KeptFacts) -> None:
    slugs = dict.fromkeys([*([facts.main_field] if facts.main_field else []), *facts.fields])
    known = {field.slug: field for field in Field.objects.filter(slug__in=slugs)}
    agreement.field_links.all().delete()
    AgreementField.objects.bulk_create(
        AgreementField(agreement=agreement, field=known[slug], is_main=slug == facts.main_field)
        for slug in slugs
        if slug in known
    )
