"""Publishing results: proposed with the wording for everyone, approved by the coordinators, withdrawn with a reason."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import Telling, record, record_many
from renkei.initiatives import events
from renkei.initiatives.changes import tell_results_changed
from renkei.initiatives.models import Result
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.services.confirming import claim
from renkei.initiatives.vocabulary import Publicity, ResultState
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import fiscal_year_name


@transaction.atomic
def propose_publication(
    result: Result, *, public_text: str = "", public_papers: Iterable[int] = (), actor: User | None
) -> Result:
    """Ask for approval, with the wording for everyone and the keys of the papers that may be shown."""
    if result.state not in (ResultState.REPORTED, ResultState.CONFIRMED):
        raise ResultRefused(_("差し戻された実績と取り消された実績は公開できません。"))
    claim(result)
    before = result.public_text
    result.public_text, result.publicity = public_text.strip(), Publicity.PROPOSED
    result.approved_by, result.approved_at = None, None
    result.save(update_fields=["public_text", "publicity", "approved_by", "approved_at"])
    chosen = set(public_papers)
    for paper in result.papers.filter(removed_at=None):
        if paper.is_public is not (paper.pk in chosen):
            result.papers.filter(pk=paper.pk).update(is_public=paper.pk in chosen)
    changed = before != result.public_text
    changes = {"initiatives.result.public_text": (before, result.public_text)} if changed else {}
    record(events.PUBLICATION_PROPOSED, actor, result, municipality=result.municipality, changes=changes)
    tell_results_changed([result.agreement_id], result.fiscal_year)
    return result


@transaction.atomic
def approve(results: Sequence[Result], *, actor: User | None, at: datetime) -> int:
    """Let everyone see these results, all or none; how many they are."""
    for result in results:
        if reason := why_not_approve(result):
            raise ResultRefused(_("「%(what)s」: %(reason)s") % {"what": result, "reason": reason})
        claim(result)
        result.publicity, result.approved_by, result.approved_at = Publicity.PUBLISHED, actor, at
        result.save(update_fields=["publicity", "approved_by", "approved_at"])
    if results:
        tellings = [Telling(events.PUBLICATION_APPROVED, result) for result in results]
        record_many(tellings, actor, municipality=results[0].municipality)
    for year in {result.fiscal_year for result in results}:
        tell_results_changed({one.agreement_id for one in results if one.fiscal_year == year}, year)
    return len(results)


def why_not_approve(result: Result) -> str | None:
    """None if the result can be shown to everyone; otherwise the sentence to show."""
    if result.publicity != Publicity.PROPOSED:
        return _("公開の承認が求められていません。画面を読み直してください。")
    if result.state != ResultState.CONFIRMED:
        return _("相手の側の確認がまだです。確認されてから承認してください。")
    return None


@transaction.atomic
def withdraw_publication(result: Result, *, actor: User | None, reason: str) -> Result:
    """Nobody outside sees the result any more; also how a proposal is refused."""
    if result.publicity == Publicity.INTERNAL:
        raise ResultRefused(_("公開されていません。画面を読み直してください。"))
    if not reason.strip():
        raise ResultRefused(_("公開をやめる理由を入れてください。"))
    claim(result)
    result.publicity, result.highlight = Publicity.INTERNAL, None
    result.approved_by, result.approved_at = None, None
    result.save(update_fields=["publicity", "highlight", "approved_by", "approved_at"])
    record(
        events.PUBLICATION_WITHDRAWN, actor, result, municipality=result.municipality, reason=reason.strip()
    )
    tell_results_changed([result.agreement_id], result.fiscal_year)
    return result


@transaction.atomic
def highlight(result: Result, place: int | None, *, actor: User | None) -> list[Result]:
    """Put the result at a place (1 is the first) among its year's examples, or take it out; the examples in order."""
    if place is not None and (
        result.publicity != Publicity.PUBLISHED or result.state != ResultState.CONFIRMED
    ):
        raise ResultRefused(
            _("「実績の例」に載せられるのは、公開している実績だけです。先に公開の承認を受けてください。")
        )
    order = [one for one in highlights(result.municipality, result.fiscal_year) if one.pk != result.pk]
    if place is not None:
        order.insert(max(place - 1, 0), result)
    else:
        Result.objects.filter(pk=result.pk).update(highlight=None)
        result.highlight = None
    for number, one in enumerate(order, start=1):
        Result.objects.filter(pk=one.pk).exclude(highlight=number).update(highlight=number)
        one.highlight = number
    year = fiscal_year_name(result.fiscal_year)
    record(events.HIGHLIGHTED, actor, result, municipality=result.municipality, year=year)
    return order


def highlights(municipality: Municipality, fiscal_year: int) -> list[Result]:
    """The examples of a year in their order."""
    chosen = Result.objects.of(municipality).of_year(fiscal_year).exclude(highlight=None)
    return list(chosen.select_related("municipality", "agreement", "initiative").order_by("highlight", "pk"))
