"""Forms of reviews: whom to ask, what becomes of a comment, how a round ends."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Division, Municipality
from renkei.procedures.models import Comment, Procedure, Reviewer, ReviewRound
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.people import participants
from renkei.procedures.reviews import MATTERS, last_round
from renkei.procedures.services.reviewing import AskedReviewer
from renkei.procedures.vocabulary import Resolution
from renkei.ui.forms import DayField

NEED = [("required", gettext_lazy("同意が必要")), ("asked", gettext_lazy("意見だけ聞く"))]
Choices = list[tuple[str, Any]]


class Inside:
    """The town's people and divisions that can be asked, by the value of their choice."""

    def __init__(self, town: Municipality, day: date) -> None:
        divisions = Division.objects.of(town).existing_on(day)
        people = User.objects.of(town).filter(is_active=True).order_by("name", "pk")
        self.divisions = {f"division:{one.public_id}": one for one in divisions}
        self.people = {f"person:{one.public_id}": one for one in people}

    @property
    def choices(self) -> Choices:
        """Divisions first: whoever is there answers for them."""
        divisions = [(key, str(one)) for key, one in self.divisions.items()]
        people = [(key, one.name) for key, one in self.people.items()]
        return [("", _("お願いしない")), (_("課"), divisions), (_("人"), people)]

    def asked(self, value: str, **more: Any) -> AskedReviewer:
        """As the service takes it."""
        user, division = self.people.get(value), self.divisions.get(value)
        return AskedReviewer(side=Side.TOWN, user=user, division=division, **more)


def value_of(reviewer: Reviewer) -> str:
    """The choice that stands for a person or division inside."""
    if reviewer.division:
        return f"division:{reviewer.division.public_id}"
    return f"person:{reviewer.user.public_id}" if reviewer.user else ""


class OpenForm(forms.Form):
    """Whom to ask on both sides, until when, and what to say to them."""

    partner = forms.MultipleChoiceField(
        label=gettext_lazy("相手方の確認する人(同意が必要)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partner_name = forms.CharField(
        label=gettext_lazy("窓口のページを使わない相手方の人"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "電話や郵送でやり取りする人の氏名。同意は、聞いた方法とともに窓口の課が記録します。"
        ),
    )
    due_on = DayField(label=gettext_lazy("確認の期限"))
    message = forms.CharField(
        label=gettext_lazy("確認する人への文"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("メールに載ります。見てほしいところを書きます。"),
    )

    def __init__(self, *args: Any, about: Procedure, day: date, due_on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {one.public_id: one for one in participants(about)}
        self.inside = Inside(about.municipality, day)
        partner = self.fields["partner"]
        assert isinstance(partner, forms.MultipleChoiceField)
        partner.choices = [(key, _named(one)) for key, one in self.people.items()]
        partner.initial = list(self.people)
        self.fields["due_on"].initial = due_on
        before = _asked_before(about)
        for place, matter in enumerate(MATTERS):
            who, need = before.get(place, ("", "required"))
            self.fields[f"who-{place}"] = forms.ChoiceField(
                label=_("%(matter)sを見る人") % {"matter": matter},
                required=False,
                choices=self.inside.choices,
                initial=who,
            )
            self.fields[f"need-{place}"] = forms.ChoiceField(
                label=_("%(matter)sの同意") % {"matter": matter}, required=False, choices=NEED, initial=need
            )

    @property
    def matters(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """The matters with their two fields, as the page shows them."""
        return [(matter, self[f"who-{place}"], self[f"need-{place}"]) for place, matter in enumerate(MATTERS)]

    def asked(self) -> list[AskedReviewer]:
        """Everybody who is asked."""
        given = self.cleaned_data
        found = [AskedReviewer(side=Side.PARTNER, correspondent=self.people[key]) for key in given["partner"]]
        if given["partner_name"].strip():
            found.append(AskedReviewer(side=Side.PARTNER, name=given["partner_name"].strip()))
        for place, matter in enumerate(MATTERS):
            if value := given[f"who-{place}"]:
                required = given[f"need-{place}"] != "asked"
                found.append(self.inside.asked(value, matter=str(matter), is_required=required))
        return found


def _named(one: Correspondent) -> str:
    return f"{one}({one.unit})" if one.unit else str(one)


def _asked_before(procedure: Procedure) -> Mapping[int, tuple[str, str]]:
    """Whom the round before asked about each matter; in the first, the divisions of the items."""
    places = {str(matter): place for place, matter in enumerate(MATTERS)}
    if last := last_round(procedure):
        inside = last.reviewers.filter(side=Side.TOWN).select_related("user", "division")
        return {
            places[one.matter]: (value_of(one), "required" if one.is_required else "asked")
            for one in inside
            if one.matter in places
        }
    items = procedure.items.filter(dropped_reason="").exclude(division=None).select_related("division")
    divisions = dict.fromkeys(one.division for one in items if one.division_id != procedure.division_id)
    free = [place for matter, place in places.items() if matter.startswith(str(MATTERS[4]))]
    return {
        place: (f"division:{one.public_id}", "required")
        for place, one in zip(free, divisions, strict=False)
        if one
    }


class EndForm(forms.Form):
    """How a round ends without agreement."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("終え方"),
        choices=[
            (RoundOutcome.REVISED, gettext_lazy("修正する(次の版を作り、次の回を始める)")),
            (RoundOutcome.CANCELLED, gettext_lazy("取りやめる")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("修正するか、取りやめるかを選んでください。")},
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("確認した人の全員に、メールで伝わります。"),
        error_messages={"required": gettext_lazy("理由を書いてください。確認した人に伝わります。")},
    )


class ReviseForm(forms.Form):
    """Nothing is asked: what goes in stands on the page."""


class ResolveForm(forms.Form):
    """What becomes of one comment."""

    resolution = forms.ChoiceField(
        label=gettext_lazy("扱い"),
        choices=Resolution.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("反映する、反映しない、回答のみのどれかを選んでください。")},
    )
    taken = forms.CharField(
        label=gettext_lazy("反映する文(条の全文)"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "次の版の条が、この文に置き換わります。空けると、次の版を編集するときに手で直します。"
        ),
    )
    answer = forms.CharField(
        label=gettext_lazy("回答・理由"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, comment: Comment, is_worded: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.comment = comment
        self.fields["resolution"].initial = comment.resolution
        if is_worded:
            self.fields["taken"].initial = comment.taken or comment.proposed
        else:  # its place in the list, or the whole: the next version is worded by hand
            del self.fields["taken"]
        self.fields["answer"].initial = comment.answer
        self.fields["answer"].help_text = (
            _("反映しないときと回答のみのときは、必ず書きます。庁内だけに見えます。")
            if comment.is_internal
            else _("反映しないときと回答のみのときは、必ず書きます。相手方に見えます。")
        )

    def clean(self) -> dict[str, Any]:
        """Words are wanted for everything but an adopted comment."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("resolution") not in (None, Resolution.ADOPTED) and not given.get("answer"):
            self.add_error("answer", _("反映しないときは理由を、回答のみのときは回答を書いてください。"))
        return given


class ReplaceForm(forms.Form):
    """Who is asked instead."""

    who = forms.ChoiceField(label=gettext_lazy("替わりの人"))
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("理由を書いてください。手続の経過に残ります。")},
    )

    def __init__(self, *args: Any, reviewer: Reviewer, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reviewer = reviewer
        procedure = reviewer.round.procedure
        self.side = Side(reviewer.side)
        self.people = {one.public_id: one for one in participants(procedure)}
        self.inside = Inside(procedure.municipality, day)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = self._others(reviewer.round, reviewer) if self.side == Side.PARTNER else self._inside()
        who.error_messages["required"] = _("替わりの人を選んでください。")

    def _inside(self) -> Choices:
        return [("", _("選んでください")), *self.inside.choices[1:]]

    def _others(self, one: ReviewRound, reviewer: Reviewer) -> Choices:
        asked = set(one.reviewers.values_list("correspondent", flat=True))
        others: Sequence[tuple[str, str]] = [
            (key, _named(person)) for key, person in self.people.items() if person.pk not in asked
        ]
        return [("", _("選んでください")), *others]

    def asked(self) -> AskedReviewer:
        """As the service takes it."""
        value = self.cleaned_data["who"]
        if self.side == Side.PARTNER:
            return AskedReviewer(side=Side.PARTNER, correspondent=self.people[value])
        return self.inside.asked(value)


class HeardForm(forms.Form):
    """How an acceptance was heard."""

    digests = forms.CharField(max_length=200, widget=forms.HiddenInput)
    heard = forms.CharField(
        label=gettext_lazy("同意を聞いた方法"),
        max_length=200,
        help_text=gettext_lazy("例: 6月10日に電話で、6月10日付けのメールで"),
        error_messages={
            "required": gettext_lazy("いつ、どのように聞いたかを書いてください。例: 6月10日に電話で")
        },
    )

    def __init__(self, *args: Any, reviewer: Reviewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reviewer = reviewer
        self.fields["digests"].initial = " ".join(reviewer.round.digests)
