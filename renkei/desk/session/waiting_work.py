"""What waits for a person in the work under agreements: a line each on the first page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.disasters.agreements import for_disasters
from renkei.disasters.models import ContactCampaign, Lesson
from renkei.disasters.permissions import why_not_lead
from renkei.disasters.readiness.tasks import tasks_of
from renkei.disasters.readiness.town import TownFacts
from renkei.disasters.readiness.whole import judged
from renkei.initiatives.evaluating import not_evaluated, to_evaluate
from renkei.initiatives.models import Campaign, FollowUp, RegularMeeting, Result
from renkei.initiatives.permissions import why_not_conduct
from renkei.initiatives.vocabulary import LineAnswer, MeetingState, Publicity, ResultState
from renkei.procedures.tasks import Desk, desk_of
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name, japanese_date

ONE_WEEK = timedelta(days=7)
ONE_MONTH = timedelta(days=30)
EVALUATED_BY = (5, 1)
"""Month and day from which on last year's evaluations are asked for."""


@dataclass(frozen=True)
class WaitingWork:
    """One line: what waits, how many, and the page where it is done."""

    sentence: str
    page: str
    asked: dict[str, str | int] = field(default_factory=dict)
    is_late: bool = False

    @property
    def address(self) -> str:
        """Where it is done."""
        return f"{reverse(self.page)}?{urlencode(self.asked)}" if self.asked else reverse(self.page)


def waiting_work(user: User, day: date) -> list[WaitingWork]:
    """What waits for the person on the day; of divisions' work nothing where they act for none."""
    desk = desk_of(user, day)
    questions = QUESTIONS if desk.divisions or desk.coordinates else OF_NO_DIVISION
    found = [one for ask in questions if (one := ask(user, desk, day))]
    return sorted(found, key=lambda one: not one.is_late)


def campaign_lines(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """Lines of a running campaign that the person's divisions have not answered."""
    running = Campaign.objects.of(user.municipality).running().order_by("fiscal_year").first()
    if running is None:
        return None
    open_lines = running.lines.filter(answer=LineAnswer.WAITING, division__in=desk.divisions).count()
    if not open_lines:
        return None
    told = {
        "year": fiscal_year_name(running.fiscal_year),
        "day": japanese_date(running.due_on),
        "count": open_lines,
    }
    sentence = _("%(year)sの実績調査: あなたの課の未回答が%(count)s件あります(期限%(day)s)") % told
    return WaitingWork(sentence, "desk:campaigns", is_late=running.due_on < day)


def results_to_confirm(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """What partners reported and the person's divisions have not confirmed."""
    own = Result.objects.of(user.municipality).filter(
        state=ResultState.REPORTED, reported_side=Side.PARTNER, division__in=desk.divisions
    )
    count = own.count()
    if not count:
        return None
    return WaitingWork(_("相手方が報告した実績%(count)s件の確認") % {"count": count}, "desk:results_waiting")


def results_to_correct(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """What the person's divisions reported and a partner sent back."""
    own = Result.objects.of(user.municipality).filter(
        state=ResultState.SENT_BACK, reported_side=Side.TOWN, division__in=desk.divisions
    )
    count = own.count()
    if not count:
        return None
    sentence = _("相手方が差し戻した実績%(count)s件の訂正") % {"count": count}
    return WaitingWork(sentence, "desk:results", {"state": "sent_back"})


def publications_to_approve(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """Results whose publication waits for the coordinators."""
    if why_not_conduct(user, day=day):
        return None
    count = Result.objects.of(user.municipality).valid().filter(publicity=Publicity.PROPOSED).count()
    if not count:
        return None
    return WaitingWork(_("実績%(count)s件の公開の承認") % {"count": count}, "desk:results_publication")


def meetings_without_minutes(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """Meetings of the person's divisions whose day is over and of which nothing is written."""
    own = RegularMeeting.objects.of(user.municipality).filter(state=MeetingState.PLANNED, held_on__lt=day)
    count = own.filter(division__in=desk.divisions).count()
    if not count:
        return None
    sentence = _("記録がまだの定例協議%(count)s件") % {"count": count}
    return WaitingWork(sentence, "desk:regular_meetings", is_late=True)


def taken_on_at_meetings(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """What the person's divisions took on at meetings and have to do within a week."""
    own = FollowUp.objects.of(user.municipality).open().filter(side=Side.TOWN, due_on__lte=day + ONE_WEEK)
    own = own.filter(Q(division__in=desk.divisions) | Q(division=None, meeting__division__in=desk.divisions))
    count, late = own.count(), own.filter(due_on__lt=day).count()
    if not count:
        return None
    sentence = _("定例協議で決めたこと%(count)s件(うち期限切れ%(late)s件)") % {"count": count, "late": late}
    return WaitingWork(sentence, "desk:regular_meeting_follow_ups", {"whose": "mine"}, is_late=late > 0)


def evaluations(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """Last year's evaluations that are missing, once the time for them has come."""
    if (day.month, day.day) < EVALUATED_BY and day.month >= 4:
        return None
    year = fiscal_year(day) - 1
    own = to_evaluate(user.municipality, year).filter(division__in=desk.divisions)
    count = not_evaluated(own, year).count()
    if not count:
        return None
    sentence = _("%(year)sの評価がまだの協定%(count)s件") % {"year": fiscal_year_name(year), "count": count}
    return WaitingWork(sentence, "desk:evaluations", {"year": year, "state": "open"})


def readiness(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """What is lacking in the disaster agreements of the person's divisions."""
    own = for_disasters(user.municipality, day).filter(division__in=desk.divisions)
    tasks = tasks_of(judged(own, TownFacts(user.municipality, day)))
    mine = [one for one in tasks if one.division]
    if not mine:
        return None
    told = {"agreements": len({one.agreement.pk for one in mine}), "count": len(mine)}
    sentence = _("災害への備え: あなたの課の協定%(agreements)s件に、足りない項目が%(count)s件") % told
    return WaitingWork(sentence, "desk:disasters")


def lessons_to_settle(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """What the person's divisions have to do after a disaster or a drill, and within a month."""
    own = Lesson.objects.of(user.municipality).open().filter(division__in=desk.divisions)
    own = own.filter(Q(due_on__lte=day + ONE_MONTH) | Q(due_on=None))
    count, late = own.count(), own.filter(due_on__lt=day).count()
    if not count:
        return None
    sentence = _("災害・訓練の教訓%(count)s件(うち期限切れ%(late)s件)") % {"count": count, "late": late}
    return WaitingWork(sentence, "desk:lessons", {"whose": "mine"}, is_late=late > 0)


def contact_checks_waiting(user: User, desk: Desk, day: date) -> WaitingWork | None:
    """Partners that have not answered the running yearly check of contacts, for whoever conducts it."""
    if why_not_lead(user, day=day):
        return None
    running = ContactCampaign.objects.of(user.municipality).running().order_by("fiscal_year").first()
    count = running.checks.open().count() if running else 0
    if running is None or not count:
        return None
    told = {"check": running, "count": count, "day": japanese_date(running.due_on)}
    sentence = _("%(check)s: 回答のない相手方が%(count)s者あります(期限%(day)s)") % told
    return WaitingWork(sentence, "desk:contact_campaigns", is_late=running.due_on < day)


OF_NO_DIVISION = (contact_checks_waiting,)
"""What may wait for somebody who acts for no division, as the disaster officers."""
QUESTIONS: tuple[Callable[[User, Desk, date], WaitingWork | None], ...] = (
    campaign_lines,
    results_to_confirm,
    results_to_correct,
    publications_to_approve,
    meetings_without_minutes,
    taken_on_at_meetings,
    evaluations,
    readiness,
    lessons_to_settle,
    contact_checks_waiting,
)
