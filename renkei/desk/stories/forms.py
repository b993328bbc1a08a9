"""Forms of stories: what is told, a picture, why a story is taken off the public pages."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.initiatives.story_facts import StoryFacts


class StoryForm(forms.Form):
    """The year, the heading and the text."""

    fiscal_year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    title = forms.CharField(
        label=_("見出し"),
        max_length=200,
        help_text=_("何があったかが一目で分かるように。例: 高齢者向けスマホ教室に143人が参加"),
        error_messages={"required": _("見出しを入れてください。例: 高齢者向けスマホ教室に143人が参加")},
    )
    text = forms.CharField(
        label=_("本文"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "誰が、何をして、どうなったか。空けた行で段落が分かれます。参加した方の名前は書きません。"
        ),
        error_messages={"required": _("本文を入れてください。何をして、どうなったかを書きます。")},
    )

    def __init__(self, *args: Any, years: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["fiscal_year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(years)

    @property
    def facts(self) -> StoryFacts:
        """The story as the service takes it."""
        return StoryFacts(**self.cleaned_data)


class PictureForm(forms.Form):
    """A picture and what it shows."""

    file = forms.FileField(
        label=_("写真"),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        help_text=_("JPEGかPNG、50MBまで。撮った場所や日時の情報は、公開するときに取り除きます。"),
        error_messages={"required": _("写真を選んでください。")},
    )
    description = forms.CharField(
        label=_("何が写っているか"),
        max_length=200,
        help_text=_(
            "画面を見られない人にも伝わるように。例: 公民館で、6人がスマートフォンの説明を聞いている。"
        ),
        error_messages={
            "required": _("写真の説明を入れてください。見えない人にも、何の写真かが伝わります。")
        },
    )

    def __init__(self, *args: Any, file_check: Callable[[Any], None], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].validators.append(file_check)


class WithdrawForm(forms.Form):
    """Why nobody is to read it any more."""

    reason = forms.CharField(
        label=_("公開をやめる理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("公開をやめる理由を入れてください。例: 写真を差し替えるため")},
    )
