"""The report of a drill: its course, the score with its weights, who was not reached, and what is to be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.disasters.drills.finding import previous
from renkei.disasters.drills.scoring import WEIGHTS, NeedScore, Score, score_of
from renkei.disasters.models import Drill, Incident
from renkei.disasters.vocabulary import CallOutcome, Hazard
from renkei.documents.publications.content import (
    Bullet,
    Bullets,
    Numbers,
    Paragraph,
    Part,
    Publication,
    Table,
)
from renkei.rules.japanese_calendar import both_calendars, japanese_date


@dataclass(frozen=True)
class OfferedLesson:
    """Something that the record shows, and what could be done about it; a person decides."""

    text: str
    task: str


def offered_lessons(drill: Drill) -> list[OfferedLesson]:
    """What the score shows: needs without a partner, numbers that led nowhere, slow answers."""
    score = score_of(drill)
    found = [_of_need(one) for one in score.needs]
    found += [
        OfferedLesson(
            _("電話がつながらなかった相手方: %s") % one, _("緊急連絡先を確かめ、つながる番号に直してもらう。")
        )
        for one in score.unreached
    ]
    return [one for one in found if one is not None]


def _of_need(need: NeedScore) -> OfferedLesson | None:
    """The first thing that failed for a need; None where all went well."""
    if not need.is_written:
        return OfferedLesson(
            _("「%s」が記録されませんでした。") % need.words, _("必要なものを聞いた人が書く手順を確かめる。")
        )
    if not need.is_found:
        return OfferedLesson(
            _("「%s」を頼める相手方にかけられませんでした。") % need.words,
            _("支援内容の登録を確かめ、なければ協定の相手方を探す。"),
        )
    if need.to_answer is None:
        return OfferedLesson(
            _("「%s」の返事をもらえませんでした。") % need.words, _("夜間の番号と、電話の順番を見直す。")
        )
    if need.covered < 1:
        return OfferedLesson(
            _("「%(what)s」は、必要な数量の%(share)s%%しか承諾されませんでした。")
            % {"what": need.words, "share": round(need.covered * 100)},
            _("同じ支援のできる相手方を増やす。"),
        )
    return None


@override("ja")
def drill_report(drill: Drill) -> Publication:
    """The report as a paper."""
    score, incident = score_of(drill), drill.incident
    assert incident is not None
    parts = [
        Part(_("訓練の概要"), (_figures(score), _outline(drill, incident))),
        Part(_("得点"), (_table(score), Paragraph(_weights(), "note"))),
        Part(_("経過"), (_course(incident),)),
        Part(_("つながらなかった相手方"), (_listed(score.unreached, _("ありません。")),)),
        Part(
            _("直すこと(案)"),
            (_listed([f"{one.text} → {one.task}" for one in offered_lessons(drill)], _("ありません。")),),
        ),
    ]
    return Publication(
        title=_("訓練の報告「%s」") % drill.title,
        subtitle="",
        town=str(drill.municipality),
        day=timezone.localdate(incident.closed_at or incident.opened_at),
        parts=tuple(parts),
    )


def _figures(score: Score) -> Numbers:
    return Numbers(
        (
            (_("得点(100点満点)"), _("なし") if score.total is None else str(score.total)),
            (
                _("出た必要なもの"),
                _("%(all)s件中%(count)s件") % {"all": score.scripted, "count": len(score.needs)},
            ),
            (_("通話"), _("%s本") % score.calls),
            (_("話せた通話"), _("%s本") % score.reached),
        )
    )


def _outline(drill: Drill, incident: Incident) -> Table:
    before = previous(drill)
    closed = incident.closed_at
    rows = [
        (_("シナリオ"), f"{drill.scenario}({Hazard(drill.scenario.hazard).label})"),
        (_("想定"), drill.scenario.situation),
        (_("ねらい"), drill.aim),
        (_("始まり"), _told(incident.opened_at)),
        (_("終わり"), _told(closed) if closed else _("まだ終えていません。")),
        (_("電話"), _who_was_called(drill, score_of(drill))),
        (_("通信のない間の記録"), _("%s件") % score_of(drill).by_hand),
        (
            _("前回(同じシナリオ)"),
            f"{both_calendars(before.planned_on)}: {score_of(before).told}"
            if before
            else _("前回はありません。"),
        ),
    ]
    return Table((_("項目"), _("内容")), tuple(row for row in rows if row[1]), (1, 3))


def _who_was_called(drill: Drill, score: Score) -> str:
    """What was done, not what was planned."""
    if not drill.calls_partners:
        return _("市の職員だけで行った")
    if not score.calls:
        return _("相手方に電話する計画だったが、電話の記録がない")
    if not score.reached:
        return _("相手方に電話したが、だれとも話せなかった")
    return _("相手方に実際に電話した")


def _told(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{japanese_date(local.date())} {local:%H:%M}"


def _table(score: Score) -> Table:
    heads = (_("分"), _("必要なもの"), _("かけた"), _("話せた"), _("返事"), _("充足"), _("点"))
    rows = tuple(
        (
            str(one.minute),
            one.words,
            _after(one.to_call),
            _after(one.to_reach),
            _after(one.to_answer),
            f"{round(one.covered * 100)}%",
            str(one.points),
        )
        for one in score.needs
    )
    caption = _("出てから何分後か。出る前に訓練を終えたもの%s件は数えていません。") % score.not_due
    return Table(heads, rows, (1, 5, 1.6, 1.6, 1.6, 1.4, 1), (0, 5, 6), caption)


def _after(minutes: int | None) -> str:
    return _("なし") if minutes is None else _("%s分") % minutes


def _weights() -> str:
    told = "、".join(f"{words}{share}点" for share, words in WEIGHTS.values())
    return _("一件100点の内訳: %s。全体の得点は、各件の平均です。") % told


def _course(incident: Incident) -> Table:
    """Needs, calls and steps in the order of their time."""
    rows = tuple(
        (f"{timezone.localtime(at):%H:%M}", what, words)
        for at, what, words in sorted(_lines(incident), key=lambda line: line[0])
    )
    return Table((_("時刻"), _("できごと"), _("内容")), rows, (1, 2, 6))


def _lines(incident: Incident) -> Iterator[tuple[datetime, str, str]]:
    for need in incident.needs.select_related("district"):
        yield need.opened_at, _("必要"), f"{need} {need.amount} {need.where}".strip()
    for call in incident.calls.valid().select_related("organisation", "need"):
        words = f"{call.organisation} {CallOutcome(call.outcome).label} {call.note}".strip()
        yield call.at, _("通話"), words
    for request in incident.requests.select_related("organisation", "need").prefetch_related("steps"):
        for step in (one for one in request.steps.all() if not one.is_void):
            yield step.at, str(step), f"{request.organisation} {request.need}"


def _listed(lines: "tuple[str, ...] | list[str]", nothing: str) -> Bullets | Paragraph:
    return Bullets(tuple(Bullet(one) for one in lines)) if lines else Paragraph(nothing)
