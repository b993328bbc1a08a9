"""The form of how a town is reminded."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.reminders.models import ReminderSettings


class DaysField(forms.CharField):
    """Numbers of days in any width, apart by commas or spaces; shown as they were kept."""

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        if not (value or "").strip():
            return []
        words = re.split(r"[\s,、,・]+", unicodedata.normalize("NFKC", value).strip(" ,、・"))
        if not all(re.fullmatch(r"[0-9]{1,4}日?前?", word) for word in words):
            raise forms.ValidationError(
                _("日数を数字で、読点かカンマで区切って入れてください。例: 180、90、30、7")
            )
        return [int(re.sub(r"\D", "", word)) for word in words]

    def run_validators(self, value: Any) -> None:
        """The service knows the bounds."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(str(one) for one in value) if isinstance(value, list) else value


class DayCountField(DaysField):
    """One number of days."""

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        days = super().to_python(value)
        if not days:
            return None
        if len(days) != 1:
            raise forms.ValidationError(_("日数を一つだけ、数字で入れてください。例: 14"))
        return days[0]


class SettingsForm(forms.Form):
    """Distances, escalation and chat."""

    distances = DaysField(
        label=_("何日前に知らせるか"),
        help_text=_("通知の期限と期間の終わりの何日前に、担当課に知らせますか。例: 180、90、30、7"),
        error_messages={"required": _("一つ以上入れてください。例: 180、90、30、7")},
    )
    escalation_days = DayCountField(
        label=_("何日前に総括課へ知らせるか"),
        help_text=_("この日数を切っても判断がないとき、総括課にも知らせます。例: 14"),
        error_messages={"required": _("日数を入れてください。例: 14")},
    )
    chat_address = forms.CharField(
        label=_("チャットの受け口"),
        required=False,
        max_length=500,
        help_text=_(
            "チャットにも知らせるときは、チャットで作ったWebhookのアドレス(https://…)を入れてください。"
        ),
        widget=forms.TextInput({"inputmode": "url"}),
    )

    @classmethod
    def showing(cls, settings: ReminderSettings, sent: Any = None) -> "SettingsForm":
        """The form with the settings that hold."""
        names = ("distances", "escalation_days", "chat_address")
        initial = {name: getattr(settings, name) for name in names}
        return cls(sent, initial=initial)
