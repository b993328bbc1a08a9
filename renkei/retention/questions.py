"""What may be disposed of on a day, and why not yet."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Case, DateField, Exists, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, AgreementQuerySet, Ending, Party, Term
from renkei.agreements.vocabulary import Form
from renkei.municipalities.models import Municipality
from renkei.partners.models import PartnerKind
from renkei.retention.kinds import PERMANENT, PERSONAL, years_in_words
from renkei.retention.models import Hold, RetentionRule, Subject
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.retention_days import counted_from, kept_until, latest_completion

ERASED = "個人(氏名は消去済み)"
"""Stands where the name of an individual was."""
Years = Mapping[str, int]


def years_of(municipality: Municipality) -> dict[str, int]:
    """The years for which the town keeps each kind of record that it has decided about."""
    return dict(RetentionRule.objects.of(municipality).values_list("kind", "years"))


def with_completion(agreements: AgreementQuerySet) -> AgreementQuerySet:
    """Adds `completed_on`: the day of the ending, else the last day in force; None while a term is open or unknown."""
    terms = Term.objects.filter(agreement=OuterRef("pk")).order_by()
    last = terms.values("agreement").annotate(last=Max("in_force_until")).values("last")
    ending = Subquery(Ending.objects.filter(agreement=OuterRef("pk")).values("on")[:1])
    by_terms = Case(
        When(Exists(terms.filter(in_force_until=None)), then=None),
        default=Subquery(last),
        output_field=DateField(),
    )
    return agreements.annotate(completed_on=Coalesce(ending, by_terms))


def completion(agreement: Agreement) -> date:
    """The day of completion that `with_completion` added."""
    found: date = vars(agreement)["completed_on"]
    return found


def due(subject: str, municipality: Municipality, day: date) -> AgreementQuerySet:
    """Agreements of the town whose records, or the names in them, may be disposed of on the day."""
    agreements = with_completion(Agreement.objects.of(municipality))
    held = Hold.objects.holding_on(day).filter(agreement=OuterRef("pk"))
    agreements = agreements.exclude(Exists(held)).order_by(F("completed_on"), "pk")
    years = years_of(municipality)
    if subject == Subject.NAMES:
        return _with_names(agreements.filter(_past({PERSONAL: years.get(PERSONAL, PERMANENT)}, day)))
    return agreements.filter(_past({kind: one for kind, one in years.items() if kind in Form}, day))


def _past(years: Years, day: date) -> Q:
    """Whose years are over on the day; nothing that is kept for ever, and nothing without a rule."""
    past = Q(pk__in=[])
    for kind, one in years.items():
        if one != PERMANENT:
            is_over = Q(completed_on__lte=latest_completion(day, one))
            past |= is_over if kind == PERSONAL else is_over & Q(form=kind)
    return past


def _with_names(agreements: AgreementQuerySet) -> AgreementQuerySet:
    named = ~Q(signatory="") | (Q(organisation__kind=PartnerKind.INDIVIDUAL) & ~Q(name_as_signed=ERASED))
    return agreements.filter(Exists(Party.objects.filter(named, agreement=OuterRef("pk"))))


def rule_in_words(subject: str, agreement: Agreement, years: Years) -> str:
    """Which time of keeping ended when, counted from where; for an agreement that is due."""
    completed = completion(agreement)
    kept = years[PERSONAL if subject == Subject.NAMES else agreement.form]
    return _("%(years)s(%(completed)sに完結、%(first)sから数えて%(last)sまで)") % {
        "years": years_in_words(kept),
        "completed": japanese_date(completed),
        "first": japanese_date(counted_from(completed)),
        "last": japanese_date(kept_until(completed, kept)),
    }


def outlook(agreement: Agreement, day: date) -> str:
    """How long the records of one agreement are kept, in a sentence with its reason."""
    years = years_of(agreement.municipality).get(agreement.form)
    completed = with_completion(Agreement.objects.filter(pk=agreement.pk)).values_list(
        F("completed_on"), flat=True
    )[0]
    if years is None:
        return _("この種類の協定の保存期間は、まだ定めていません。定めるまで廃棄できません。")
    if years == PERMANENT:
        return _("永久に保存します。")
    if completed is None or completed >= day:
        return _("終了した後、次の年度の初めから数えて%(years)s年保存します。") % {"years": years}
    return _("%(completed)sに終わったので、%(first)sから数えて%(last)sまで保存します。") % {
        "completed": japanese_date(completed),
        "first": japanese_date(counted_from(completed)),
        "last": japanese_date(kept_until(completed, years)),
    }
