"""What can be done with a person: each verb has its page, one service call, and an answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import Assignment, User
from renkei.desk.people.forms import (
    ChangeRoleForm,
    DeputyForm,
    DropRoleForm,
    EditForm,
    EndRoleForm,
    LeaveForm,
    RoleForm,
)
from renkei.desk.people.views import the_person
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.municipalities.models import Division
from renkei.people.permissions import why_not_manage
from renkei.people.services import deputies, roles, staff
from renkei.people.services.staffing import PeopleRefused
from renkei.ui.verbs import VerbWords

GIVE = VerbWords(
    title=_("役割を与える"),
    lead=_("決めた日から、この役割でできることができるようになります。"),
    button=_("役割を与える"),
    done=_("役割を与えました。"),
    form=RoleForm,
)
CHANGE = VerbWords(
    title=_("役割を変える"),
    lead=_("決めた日から別の役割になり、いまの役割はその前の日で終わります。"),
    button=_("役割を変える"),
    done=_("役割を変えました。"),
    form=ChangeRoleForm,
)
END = VerbWords(
    title=_("役割を終える"),
    lead=_("最後の日まで役割を持ち、次の日からは持ちません。それまでの記録は残ります。"),
    button=_("役割を終える"),
    done=_("役割の最後の日を記録しました。"),
    form=EndRoleForm,
    is_danger=True,
)
DROP = VerbWords(
    title=_("役割を取りやめる"),
    lead=_("まだ始まっていない役割を、なかったことにします。"),
    button=_("取りやめる"),
    done=_("役割を取りやめました。"),
    form=DropRoleForm,
    is_danger=True,
)
DEPUTY = VerbWords(
    title=_("代理を立てる"),
    lead=_(
        "決めた期間だけ、別の職員がこの職員と同じことをできるようにします。この職員の役割が終われば、代理も終わります。"
    ),
    button=_("代理を立てる"),
    done=_("代理を立てました。"),
    form=DeputyForm,
)
EDIT = VerbWords(
    title=_("氏名・サインイン名・メールを直す"),
    lead=_("これまでの記録に残った氏名は変わりません。"),
    button=_("保存する"),
    done=_("登録内容を直しました。"),
    form=EditForm,
)
LEAVE = VerbWords(
    title=_("退職・転出を記録する"),
    lead=_("最後の日ですべての役割が終わり、次の日からサインインできなくなります。"),
    button=_("最後の日を記録する"),
    done=_("在籍の最後の日を記録しました。"),
    form=LeaveForm,
    is_danger=True,
)
STAY = VerbWords(
    title=_("退職・転出を取り消す"),
    lead=_("サインインできるように戻します。役割は戻らないので、続けて役割を与えてください。"),
    button=_("取り消す"),
    done=_("退職・転出を取り消しました。役割を与えてください。"),
    form=DropRoleForm,
)


def verb_page(
    request: StaffRequest,
    person: User,
    verb: VerbWords,
    act: Callable[[dict[str, Any]], object],
    *,
    about: str = "",
    **options: Any,
) -> HttpResponse:
    """Show the form, or do what it says; who may not is told why before and after pressing."""
    reason = why_not_manage(request.user, day=today())
    form = verb.form(request.POST if request.method == "POST" else None, **options)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, str(verb.done))
            return redirect("desk:person", person.public_id)
        except PeopleRefused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(form, EditForm):
                form.see_again()
    context = {
        "title": verb.title,
        "verb": verb,
        "person": person,
        "form": form,
        "reason": reason,
        "about": about,
    }
    return render(request, "desk/people/verb.html", context, status=422 if form.errors else 200)


def divisions_of(request: StaffRequest, day: date) -> list[Division]:
    """The town's divisions that exist on the day or will."""
    return [one for one in Division.objects.of(town(request)) if not one.closed_on or one.closed_on >= day]


def the_role(person: User, role_id: int) -> Assignment:
    """A role of the person, or 404."""
    held = person.assignments.select_related("user", "division", "deputy_for")
    found: Assignment = get_object_or_404(held, pk=role_id)
    return found


def acting(request: StaffRequest) -> dict[str, Any]:
    """Who acts, on which day."""
    return {"actor": request.user, "day": today()}


@staff_page
def role_new(request: StaffRequest, public_id: str) -> HttpResponse:
    person = the_person(request, public_id)
    return verb_page(
        request,
        person,
        GIVE,
        lambda asked: roles.give_role(person, **asked, **acting(request)),
        divisions=divisions_of(request, today()),
        initial={"starts_on": today()},
    )


@staff_page
def role_change(request: StaffRequest, public_id: str, role_id: int) -> HttpResponse:
    person = the_person(request, public_id)
    role = the_role(person, role_id)
    initial = {"role": role.role, "division": role.division and role.division.public_id}
    return verb_page(
        request,
        person,
        CHANGE,
        lambda asked: roles.change_role(role, **asked, **acting(request)),
        about=role.words,
        divisions=divisions_of(request, today()),
        initial=initial,
    )


@staff_page
def role_end(request: StaffRequest, public_id: str, role_id: int) -> HttpResponse:
    person = the_person(request, public_id)
    role = the_role(person, role_id)
    return verb_page(
        request,
        person,
        END,
        lambda asked: roles.end_role(role, **asked, **acting(request)),
        about=role.words,
        initial={"on": role.ends_on},
    )


@staff_page
def role_drop(request: StaffRequest, public_id: str, role_id: int) -> HttpResponse:
    person = the_person(request, public_id)
    role = the_role(person, role_id)
    return verb_page(
        request,
        person,
        DROP,
        lambda asked: roles.drop_role(role, **asked, **acting(request)),
        about=role.words,
    )


@staff_page
def deputy(request: StaffRequest, public_id: str) -> HttpResponse:
    person = the_person(request, public_id)
    held = person.assignments.own().until(today()).select_related("division")
    active = User.objects.of(town(request)).filter(is_active=True).exclude(pk=person.pk)

    def act(asked: dict[str, Any]) -> object:
        return deputies.appoint_deputy(asked.pop("deputy"), for_whom=person, **asked, **acting(request))

    return verb_page(
        request,
        person,
        DEPUTY,
        act,
        held=held,
        colleagues=list(active),
        initial={"starts_on": today()},
    )


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    person = the_person(request, public_id)
    initial = {name: getattr(person, name) for name in staff.EDITABLE} | {"seen": staff.state_of(person)}
    return verb_page(
        request, person, EDIT, lambda asked: staff.edit(person, **asked, **acting(request)), initial=initial
    )


@staff_page
def leave(request: StaffRequest, public_id: str) -> HttpResponse:
    person = the_person(request, public_id)
    initial = {"on": person.last_day}
    return verb_page(
        request, person, LEAVE, lambda asked: staff.leave(person, **asked, **acting(request)), initial=initial
    )


@staff_page
def stay(request: StaffRequest, public_id: str) -> HttpResponse:
    person = the_person(request, public_id)
    return verb_page(
        request, person, STAY, lambda asked: staff.stay(person, at=timezone.now(), **asked, **acting(request))
    )
