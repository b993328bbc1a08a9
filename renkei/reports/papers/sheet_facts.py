"""What the sheets of a partner and of an agreement say of work, results, meetings, contacts and evaluation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.correspondents.models import Correspondent
from renkei.documents.publications.content import Bullet, Table
from renkei.initiatives.models import Evaluation, Initiative, RegularMeeting, Result, ResultFigure
from renkei.initiatives.vocabulary import InitiativeState, MeetingState
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from renkei.reports.papers.cutting import cut, rest, short
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name, japanese_date
from renkei.rules.written_amounts import grouped

YEARS = 2


def audience_of(town: Municipality, *, internal: bool) -> Audience:
    """Whose eyes a sheet is for: the town's people, or everyone."""
    return Audience.staff(town) if internal else Audience.public(town)


def work_of(agreements: Iterable[Agreement], audience: Audience, on: date) -> list[Initiative]:
    """The work that is agreed and not over on the day, in the order of the agreements' lists."""
    found = Initiative.objects.seen_by(audience).filter(agreement__in=[one.pk for one in agreements])
    going_on = found.filter(Q(ends_on=None) | Q(ends_on__gte=on)).exclude(state=InitiativeState.IDEA)
    return list(going_on.select_related("item", "agreement").order_by("agreement", "position"))


def results_of(agreements: Iterable[Agreement], audience: Audience, on: date) -> list[Result]:
    """What was done in the fiscal year before the day's and in its own up to the day, the latest first."""
    year = fiscal_year(on)
    found = Result.objects.seen_by(audience).valid().filter(agreement__in=[one.pk for one in agreements])
    years = found.filter(fiscal_year__in=range(year - YEARS + 1, year + 1))
    years = years.filter(Q(done_on=None) | Q(done_on__lte=on))
    return list(years.select_related("initiative").prefetch_related("figures__indicator"))


def words_of(result: Result, audience: Audience) -> str:
    """What was done, in the words that the reader may see."""
    return result.what if audience.internal else result.public_words


def figures_of(figures: Iterable[ResultFigure]) -> str:
    """Values with their indicators: 受講者数 120人、回数 3回; the same indicator is added up."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in figures:
        sums[one.indicator.name, one.indicator.unit] += one.value
    return "、".join(f"{name} {grouped(value)}{unit}" for (name, unit), value in sums.items())


def results_table(results: Sequence[Result], audience: Audience, most: int) -> Table | None:
    """The results as rows; those that have no room are counted in the last one."""
    if not results:
        return None
    shown, left = cut(results, most)
    rows = [
        (
            fiscal_year_name(one.fiscal_year),
            short(words_of(one, audience), 46),
            short(figures_of(one.figures.all()), 22),
        )
        for one in shown
    ]
    if left:
        rows.append(("", rest(left), ""))
    return Table(heads=("年度", "行ったこと", "数値"), rows=tuple(rows), widths=(3, 12, 6))


def next_meeting(agreements: Iterable[Agreement], on: date) -> RegularMeeting | None:
    """The next regular meeting at which one of them is talked about."""
    planned = RegularMeeting.objects.filter(state=MeetingState.PLANNED, held_on__gte=on)
    return planned.filter(agreements__in=[one.pk for one in agreements]).order_by("held_on", "pk").first()


def meeting_words(meeting: RegularMeeting) -> str:
    """Day, title and place of a meeting in one line."""
    place = f"({meeting.place})" if meeting.place else ""
    return f"{japanese_date(meeting.held_on)} {meeting.title}{place}"


def last_evaluation(agreement: Agreement, on: date) -> Evaluation | None:
    """The latest evaluation of a year that was over on the day."""
    return Evaluation.objects.about(agreement).filter(fiscal_year__lt=fiscal_year(on)).first()


def evaluation_words(evaluation: Evaluation) -> str:
    """Year, verdict and reasons in one line."""
    year = fiscal_year_name(evaluation.fiscal_year)
    return short(f"{year} {evaluation.get_verdict_display()}　{evaluation.reasons}", 90)


def contacts(partner: Organisation) -> list[str]:
    """The partner's people whom the town accepted, each in one line."""
    known = Correspondent.objects.of(partner.municipality).of_partner(partner)
    return [
        short("　".join(filter(None, (one.name, one.unit, one.phone, one.email))), 60)
        for one in known.order_by("-is_responsible", "name")
    ]


def counted(initiatives: Sequence[Initiative]) -> str:
    """How much work there is, by state: 実施中3件、予定2件."""
    often: dict[str, int] = defaultdict(int)
    for one in initiatives:
        often[str(one.get_state_display())] += 1
    return "、".join(f"{state}{count}件" for state, count in often.items())


def work_bullets(initiatives: Iterable[Initiative]) -> list[Bullet]:
    """The work under its items; an item is told once, above its work."""
    bullets: list[Bullet] = []
    last: int | None = None
    for one in initiatives:
        if one.item and one.item_id != last:
            bullets.append(Bullet(one.item.heading, 0, f"({one.item.position})"))
        last = one.item_id
        bullets.append(Bullet(f"{one.title}[{one.get_state_display()}]", 1 if one.item_id else 0, "■"))
    return bullets
