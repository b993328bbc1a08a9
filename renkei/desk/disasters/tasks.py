"""What somebody has to do so that agreements are ready, by partner: one call can mend several."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.desk.disasters.asking import asked, choices
from renkei.desk.disasters.links import task_address
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.disasters.readiness.doing import Doing
from renkei.disasters.readiness.finding import NOBODY, Wanted
from renkei.disasters.readiness.sheet import TASK_WIDTHS, task_rows
from renkei.disasters.readiness.tasks import PartnerTasks, Task, by_division, by_partner
from renkei.disasters.readiness.whole import readiness_of
from renkei.ui.downloads import table_answer

ON_A_PAGE = 20
OfAgreement = tuple[Agreement, list[str], list[str], list[tuple[Task, str]]]


def is_wanted(task: Task, wanted: Wanted) -> bool:
    """Whether the task is asked for: whose it is, and what is lacking."""
    whose = task.division.public_id if task.division else NOBODY
    return wanted.division in ("", whose) and wanted.lacking in ("", task.sign)


def shown(task: Task, doing: Doing) -> tuple[Task, str, str | None]:
    """The task with where it is done, or with who may do it."""
    why_not = doing.why_not(task.sign, task.holder)
    return task, "" if why_not else task_address(task), why_not


def by_agreement(group: PartnerTasks, doing: Doing) -> list[OfAgreement]:
    """What is said once for each agreement: its name, whose the tasks are, and who may do them if nobody here may."""
    found: list[OfAgreement] = []
    for agreement, tasks in groupby(group.tasks, key=lambda task: task.agreement):
        lines = [shown(task, doing) for task in tasks]
        whose = dict.fromkeys(str(task.division or _("防災担当")) for task, _at, _why_not in lines)
        reasons = dict.fromkeys(why_not for _task, _at, why_not in lines if why_not)
        found.append((agreement, [*whose], [*reasons], [(task, at) for task, at, _why_not in lines]))
    return found


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    """The tasks that are asked for, grouped by partner."""
    every, wanted = readiness_of(town(request), today()).tasks, asked(request)
    kept = [one for one in every if is_wanted(one, wanted)]
    page = Paginator(by_partner(kept), ON_A_PAGE).get_page(request.GET.get("page"))
    doing = Doing(request.user, today())
    context = {
        "title": _("備えのためにすること"),
        "by_division": by_division(every),
        "count": len(kept),
        "page": page,
        "groups": [(one, by_agreement(one, doing)) for one in page],
        "nobody": NOBODY,
        "day": today(),
        **choices(request),
    }
    return render(request, "desk/disasters/tasks.html", context)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponseBase:
    """The tasks as CSV or Excel, as they are narrowed."""
    wanted = asked(request)
    tasks = [one for one in readiness_of(town(request), today()).tasks if is_wanted(one, wanted)]
    name = _("すること")
    return table_answer(
        task_rows(tasks), kind, today(), subject="readiness-tasks", name=name, widths=TASK_WIDTHS
    )
