"""Step 4, 案の作成: the agreement's text and the list of initiatives."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AgreementText
from renkei.documents.sheets import items_in, same_items
from renkei.procedures.models import DraftVersion, Procedure
from renkei.procedures.permissions import window_on
from renkei.procedures.planned import agreed_items, headings_of, newest, planned_list, says_what_is_planned
from renkei.procedures.returning import awaited_returns, returned_tasks
from renkei.procedures.steps import Awaited, Need, Task, TaskState
from renkei.procedures.vocabulary import DraftKind, Kind, Stage
from renkei.rules.japanese_calendar import short_japanese_date


def _no_text(procedure: Procedure, day: date) -> str | None:
    if newest(procedure, DraftKind.TEXT):
        return None
    return _("協定書(案)を作ってください。")


def _no_list(procedure: Procedure, day: date) -> str | None:
    if procedure.kind != Kind.NEW or newest(procedure, DraftKind.INITIATIVES):
        return None
    return _("取組事項(案)を作ってください。")


NEEDS = (
    Need("text", gettext_lazy("協定書(案)"), _no_text, "drafts"),
    Need("list", gettext_lazy("取組事項(案)"), _no_list, "initiatives"),
)


def tasks(procedure: Procedure, day: date) -> Iterable[Task]:
    """The lines of this step on the procedure's page."""
    yield _planning(procedure)
    outdated = {one.page: one.what for one in awaits(procedure, day)}
    for need, kind in zip(NEEDS, (DraftKind.TEXT, DraftKind.INITIATIVES), strict=True):
        version = newest(procedure, kind)
        if need.lacking(procedure, day):
            yield Task(need.words, TaskState.TO_DO, "", need.page)
        elif version is None:
            yield Task(need.words, TaskState.NOT_NEEDED, "", need.page)
        else:
            state = TaskState.UNDER_WAY if need.page in outdated else TaskState.DONE
            yield Task(need.words, state, outdated.get(need.page) or _made(version), need.page)
    if procedure.stage == Stage.DRAFTING:
        yield from returned_tasks(procedure)


def _planning(procedure: Procedure) -> Task:
    """How many initiatives are planned, and under how many agreed items none is."""
    planned = planned_list(procedure)
    without = len(planned.items) - len({row.item for row in planned.rows})
    count = len(planned.rows)
    note = ngettext("%(count)s件", "%(count)s件", count) % {"count": count} if count else ""
    if count and without:
        note += _("(取組のない連携事項%(without)s件)") % {"without": without}
    state = TaskState.TO_DO if not count else TaskState.UNDER_WAY if without else TaskState.DONE
    if procedure.kind != Kind.NEW and not count:
        state = TaskState.NOT_NEEDED
    return Task(_("取組の整理"), state, note, "initiatives")


def _made(version: DraftVersion) -> str:
    facts = {"number": version.number, "day": short_japanese_date(timezone.localdate(version.made_at))}
    return _("第%(number)s版(%(day)s)") % facts


def awaits(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """What is waited for while the procedure stands here, besides what is lacking: drafts that fell behind."""
    yield from awaited_returns(procedure, day)
    window, due = window_on(procedure, day), procedure.stage_due_on
    text, listed = newest(procedure, DraftKind.TEXT), newest(procedure, DraftKind.INITIATIVES)
    agreed = headings_of(agreed_items(procedure))
    if (
        text
        and procedure.kind == Kind.NEW
        and not same_items(items_in(AgreementText.read(text.content)), agreed)
    ):
        what = _("協定書(案)第%(number)s版の連携事項が、合意したものと違います。確かめて、直してください。")
        yield Awaited(
            what % {"number": text.number}, Side.TOWN, "drafts", by=due, division=window, key="items"
        )
    if listed and not says_what_is_planned(listed, planned_list(procedure)):
        what = _("取組事項(案)第%(number)s版の後に取組が変わりました。新しい版を作ってください。")
        yield Awaited(
            what % {"number": listed.number}, Side.TOWN, "initiatives", by=due, division=window, key="planned"
        )
