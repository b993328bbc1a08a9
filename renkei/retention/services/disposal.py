"""Disposal by two people: one proposes, another approves and so carries it out, refuses, or the first withdraws."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.permissions import why_not_change
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.retention import events
from renkei.retention.models import Certificate, Disposal, DisposalItem, DisposalState, Subject
from renkei.retention.permissions import why_not_decide
from renkei.retention.questions import completion, due, rule_in_words, years_of
from renkei.retention.services.erasing import erase_waiting
from renkei.retention.services.keeping import RetentionRefused, required
from renkei.retention.services.removing import remove_names, remove_records

MOST = 500


@transaction.atomic
def propose(
    subject: Subject, public_ids: Sequence[str], *, reason: str, actor: User, day: date, at: datetime
) -> Disposal:
    """Propose to dispose of agreements, or of the names in them, whose time of keeping is over on the day."""
    town = actor.municipality
    reason = required(reason, _("廃棄の理由を書いてください。例: 保存期間の満了"))
    agreements = list(due(subject, town, day).filter(public_id__in=public_ids[: MOST + 1]))
    _refuse_unfitting(public_ids, agreements, actor, day)
    waiting = DisposalItem.objects.filter(
        disposal__state=DisposalState.PROPOSED, disposal__subject=subject, agreement__in=agreements
    )
    if twice := waiting.first():
        raise RetentionRefused(
            _("「%(title)s」は、すでに廃棄が提案されています。その手続の承認を待ってください。")
            % {"title": twice.title}
        )
    disposal = Disposal.objects.create(
        municipality=town, subject=subject, reason=reason, proposed_by=actor, proposed_at=at
    )
    years = years_of(town)
    DisposalItem.objects.bulk_create(
        DisposalItem(
            disposal=disposal, agreement=one, agreement_id_shown=one.public_id, title=one.title,
            completed_on=completion(one), rule=rule_in_words(subject, one, years),
        )
        for one in agreements
    )  # fmt: skip
    record(events.PROPOSED, actor, disposal, municipality=town, reason=reason, items=len(agreements))
    return disposal


def _refuse_unfitting(public_ids: Sequence[str], agreements: list[Agreement], actor: User, day: date) -> None:
    if not public_ids:
        raise RetentionRefused(_("廃棄を提案する協定を選んでください。"))
    if len(public_ids) > MOST:
        raise RetentionRefused(
            _("一度に提案できるのは%(most)s件までです。分けて提案してください。") % {"most": MOST}
        )
    if missing := len(set(public_ids)) - len(agreements):
        raise RetentionRefused(
            ngettext(
                "選んだうち%(count)s件は、保存期間が過ぎていないか、延長されています。画面を読み直してください。",
                "選んだうち%(count)s件は、保存期間が過ぎていないか、延長されています。画面を読み直してください。",
                missing,
            )
            % {"count": missing}
        )
    for agreement in agreements:
        if reason := why_not_change(actor, agreement, day=day):
            raise RetentionRefused(f"「{agreement.title}」: {reason}")


@transaction.atomic
def withdraw(disposal: Disposal, *, actor: User, at: datetime) -> None:
    """Take the proposal back; whoever made it may."""
    if disposal.proposed_by_id != actor.pk:
        raise RetentionRefused(_("取り下げられるのは、提案した人だけです。ほかの人は差し戻してください。"))
    _claim(disposal, DisposalState.WITHDRAWN, actor, at)
    record(events.WITHDRAWN, actor, disposal, municipality=disposal.municipality)


@transaction.atomic
def refuse(disposal: Disposal, *, reason: str, actor: User, day: date, at: datetime) -> None:
    """Send the proposal back with the reason; nothing is disposed of."""
    _refuse_who_may_not(disposal, actor, day)
    reason = required(reason, _("差し戻す理由を書いてください。例: 係争中の協定が含まれているため"))
    _claim(disposal, DisposalState.REFUSED, actor, at, reason)
    record(events.REFUSED, actor, disposal, municipality=disposal.municipality, reason=reason)


@transaction.atomic
def approve(disposal: Disposal, *, actor: User, day: date, at: datetime) -> list[Certificate]:
    """Carry the disposal out; what may not be disposed of any more on the day is left, with the reason."""
    _refuse_who_may_not(disposal, actor, day)
    _claim(disposal, DisposalState.DONE, actor, at)
    items = list(disposal.items.select_related("agreement"))
    still_due = {one.pk: one for one in due(Subject(disposal.subject), disposal.municipality, day)
                 .filter(pk__in=[item.agreement_id for item in items if item.agreement_id])}  # fmt: skip
    going = [(item, still_due[item.agreement_id]) for item in items if item.agreement_id in still_due]
    if not going:
        raise RetentionRefused(
            _("廃棄できる協定が残っていません。差し戻して、提案し直してもらってください。")
        )
    # The told event comes first: it orders those who tell at once, and so the numbers of certificates.
    record(
        events.CARRIED_OUT, actor, disposal, municipality=disposal.municipality, reason=disposal.reason,
        items=len(going), proposer=disposal.proposed_by.name,
    )  # fmt: skip
    _leave([item for item in items if item.agreement_id not in still_due])
    certificates = [_dispose(item, agreement, disposal, actor, at) for item, agreement in going]
    transaction.on_commit(erase_waiting)
    return certificates


def _refuse_who_may_not(disposal: Disposal, actor: User, day: date) -> None:
    if reason := why_not_decide(actor, disposal, day=day):
        raise RetentionRefused(reason)


def _claim(disposal: Disposal, state: DisposalState, actor: User, at: datetime, note: str = "") -> None:
    claimed = Disposal.objects.filter(pk=disposal.pk, state=DisposalState.PROPOSED).update(
        state=state, decided_by=actor, decided_at=at, note=note
    )
    if not claimed:
        raise RetentionRefused(_("この手続はすでに終わっています。画面を読み直してください。"))
    disposal.refresh_from_db()


def _leave(items: list[DisposalItem]) -> None:
    words = _(
        "承認の日には、廃棄できる状態ではありませんでした(期間が延びた、保存が延長された、または定めが変わった)。"
    )
    DisposalItem.objects.filter(pk__in=[item.pk for item in items]).update(left=words)


def _dispose(
    item: DisposalItem, agreement: Agreement, disposal: Disposal, actor: User, at: datetime
) -> Certificate:
    """Take one agreement, or the names in it, away and leave the certificate."""
    town = disposal.municipality
    certificate = Certificate(
        municipality=town,
        number=_next_number(town),
        disposal=disposal,
        subject=disposal.subject,
        agreement_id_shown=agreement.public_id,
        title=agreement.title,
        signed_as=agreement.signed_as,
        first_day=agreement.terms.aggregate(first=Min("starts_on"))["first"],
        completed_on=item.completed_on,
        rule=item.rule,
        proposed_by=disposal.proposed_by.name,
        approved_by=actor.name,
        at=at,
    )
    if disposal.subject == Subject.NAMES:
        certificate.removed = {"names": remove_names(agreement)}
        record(
            events.NAMES_REMOVED, actor, agreement, municipality=town, reason=disposal.reason,
            number=certificate.number, names=certificate.removed["names"],
        )  # fmt: skip
    else:
        record(
            events.DISPOSED, actor, agreement, municipality=town, reason=disposal.reason,
            number=certificate.number,
        )  # fmt: skip
        # The names of persons are not kept: of an individual the certificate says only that it is one.
        partners = [party.public_name for party in agreement.parties.filter(organisation__isnull=False)]
        certificate.removed = {"partners": partners, "documents": remove_records(agreement)}
    certificate.save(force_insert=True)
    return certificate


def _next_number(town: Municipality) -> int:
    return (Certificate.objects.of(town).aggregate(last=Max("number"))["last"] or 0) + 1
