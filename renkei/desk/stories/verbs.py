"""Writing a story, its pictures, and the way to the public pages and back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.desk.stories.forms import PictureForm, StoryForm, WithdrawForm
from renkei.desk.stories.views import the_story
from renkei.documents.uploads import can_be_kept
from renkei.initiatives.models import Story
from renkei.initiatives.permissions import why_not_conduct, why_not_work
from renkei.initiatives.services import stories
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name
from renkei.ui.verbs import VerbWords

TEMPLATE = "desk/stories/verb.html"
YEARS = 10
NEW = VerbWords(
    title=_("取組の紹介を書く"),
    lead=_("取組の様子を、公開のページで読んでもらう文にします。承認されるまでは庁内だけで見えます。"),
    button=_("書いて、写真に進む"),
    done=_("紹介を書きました。写真を付けて、公開の承認を求めてください。"),
    form=StoryForm,
)
EDIT = VerbWords(
    title=_("紹介を直す"),
    lead=_("公開中の紹介を直すと、公開はいったん止まり、もう一度承認を待ちます。"),
    button=_("直す"),
    done=_("紹介を直しました。"),
    form=StoryForm,
)
PICTURE = VerbWords(
    title=_("写真を付ける"),
    lead=_("写っている人の了解を得た写真だけを付けてください。10枚まで付けられます。"),
    button=_("付ける"),
    done=_("写真を付けました。"),
    form=PictureForm,
)
PICTURE_REMOVE = VerbWords(
    title=_("写真を外す"), lead=_("写真のファイルも消えます。"), button=_("外す"), done=_("写真を外しました。"),
    form=forms.Form, is_danger=True,
)  # fmt: skip
PROPOSE = VerbWords(
    title=_("公開の承認を求める"),
    lead=_("総括課の担当者が読んで承認すると、誰でも読めるようになります。"),
    button=_("承認を求める"),
    done=_("公開の承認を求めました。"),
    form=forms.Form,
)
APPROVE = VerbWords(
    title=_("公開を承認する"),
    lead=_(
        "下の文と写真が、そのまま公開のページに出ます。個人の名前がないか、写真の了解があるかを確かめてください。"
    ),
    button=_("承認して公開する"),
    done=_("公開しました。"),
    form=forms.Form,
)
WITHDRAW = VerbWords(
    title=_("公開をやめる"),
    lead=_("公開のページから下げ、庁内だけで見えるようにします。承認待ちのものは書いた人に戻ります。"),
    button=_("公開をやめる"),
    done=_("公開をやめました。"),
    form=WithdrawForm,
)
REMOVE = VerbWords(
    title=_("紹介を消す"),
    lead=_("文と写真が消え、元に戻せません。消したことは記録に残ります。"),
    button=_("消す"),
    done=_("紹介を消しました。"),
    form=forms.Form,
    is_danger=True,
)


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    mine = Agreement.objects.of(town(request)).select_related("municipality", "division")
    agreement = get_object_or_404(mine, public_id=public_id)
    made: list[Story] = []

    def act(form: Any, once: str) -> object:
        made.append(stories.write_story(agreement, form.facts, by=request.user, at=now(), public_id=once))
        return made[0]

    page = Page(
        verb=NEW,
        reason=why_not_work(request.user, agreement, day=today()),
        back=reverse("desk:stories"),
        act=act,
        beside={"agreement": agreement},
        template=TEMPLATE,
    )
    answer = shown_or_done(request, page, {"years": years()})
    return redirect("desk:story", made[0].public_id) if made else answer


def years(chosen: int = 0) -> list[tuple[int, str]]:
    """This year and those before; the one that a story has already is among them."""
    this = fiscal_year(today())
    known = sorted({*range(this - YEARS + 1, this + 1), *([chosen] if chosen else [])}, reverse=True)
    return [(one, fiscal_year_name(one)) for one in known]


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    story = the_story(request, public_id)
    kept = {"fiscal_year": story.fiscal_year, "title": story.title, "text": story.text}

    def act(form: Any) -> object:
        return stories.edit_story(story, form.facts, by=request.user, at=now())

    return _shown(request, story, EDIT, act, years=years(story.fiscal_year), initial=kept)


@staff_page
def add_picture(request: StaffRequest, public_id: str) -> HttpResponse:
    story = the_story(request, public_id)

    def act(form: Any, once: str) -> object:
        file, description = form.cleaned_data["file"], form.cleaned_data["description"]
        return stories.add_picture(
            story, file.read(), name=file.name, description=description, by=request.user, public_id=once
        )

    page = _page(request, story, PICTURE, act)
    return shown_or_done(request, page, {"file_check": can_be_kept}, version=story.version)


@staff_page
def remove_picture(request: StaffRequest, public_id: str, document_id: str) -> HttpResponse:
    story = the_story(request, public_id)
    picture = get_object_or_404(story.pictures.select_related("document"), document__public_id=document_id)
    picture.story = story

    def act(_form: Any) -> object:
        return stories.remove_picture(picture, by=request.user)

    return _shown(request, story, PICTURE_REMOVE, act, beside={"picture": picture})


@staff_page
def propose(request: StaffRequest, public_id: str) -> HttpResponse:
    story = the_story(request, public_id)
    return _shown(request, story, PROPOSE, lambda _form: stories.propose_story(story, by=request.user))


@staff_page
def approve(request: StaffRequest, public_id: str) -> HttpResponse:
    story = the_story(request, public_id)

    def act(_form: Any) -> object:
        return stories.approve_stories([story], by=request.user, at=now())

    return _shown(request, story, APPROVE, act, is_coordinators=True)


@staff_page
def withdraw(request: StaffRequest, public_id: str) -> HttpResponse:
    story = the_story(request, public_id)

    def act(form: Any) -> object:
        return stories.withdraw_story(story, reason=form.cleaned_data["reason"], by=request.user)

    return _shown(request, story, WITHDRAW, act)


@staff_page
def remove(request: StaffRequest, public_id: str) -> HttpResponse:
    story = the_story(request, public_id)

    def act(_form: Any) -> object:
        return stories.remove_story(story, by=request.user)

    return _shown(request, story, REMOVE, act, back=reverse("desk:stories"))


def _page(
    request: StaffRequest,
    story: Story,
    verb: VerbWords,
    act: Callable[[Any, str], object],
    *,
    is_coordinators: bool = False,
    back: str = "",
    beside: dict[str, Any] | None = None,
) -> Page:
    """Writers of the agreement's work write stories; what everyone reads is approved by the coordinators."""
    if is_coordinators:
        reason = why_not_conduct(request.user, day=today())
    else:
        reason = why_not_work(request.user, story.agreement, day=today())
    return Page(
        verb=verb,
        reason=reason,
        back=back or reverse("desk:story", args=[story.public_id]),
        act=act,
        beside={
            "story": story,
            "agreement": story.agreement,
            "shows_story": is_coordinators,
            **(beside or {}),
        },
        template=TEMPLATE,
    )


def _shown(
    request: StaffRequest,
    story: Story,
    verb: VerbWords,
    act: Callable[[Any], object],
    *,
    is_coordinators: bool = False,
    back: str = "",
    beside: dict[str, Any] | None = None,
    **form_options: Any,
) -> HttpResponse:
    page = _page(
        request,
        story,
        verb,
        lambda form, _once: act(form),
        is_coordinators=is_coordinators,
        back=back,
        beside=beside,
    )
    return shown_or_done(request, page, form_options, version=story.version)
