"""What to say on the telephone in the yearly check: who we are, what to ask, in order."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.disasters.checks.answer import capabilities_of, capability_words
from renkei.disasters.models import ContactCheck


@dataclass(frozen=True)
class ScriptStep:
    """One step: what it is for, and the words to say."""

    title: str
    words: str


def script_of(check: ContactCheck, caller: User) -> list[ScriptStep]:
    """The steps of a call to the partner; what is known is read out, not asked anew."""
    town = check.campaign.municipality
    supplies = [capability_words(one) for one in capabilities_of(town, check.partner)]
    hello = _(
        "「%(town)sの%(caller)sと申します。災害時の協定の、年に一度の連絡先の確認でお電話しました。"
        "いま災害が起きているわけではありません。協定のご担当の方はいらっしゃいますか。」"
    )
    steps = [
        ScriptStep(_("名乗る"), hello % {"town": town, "caller": caller.name}),
        ScriptStep(
            _("電話に出た人を聞く"), _("「お名前と部署を伺えますか。」 → 下の「話した相手」に書きます。")
        ),
        ScriptStep(
            _("連絡先を読み上げる"),
            _(
                "下の順番に、部署・氏名・番号を読み上げ、「このままで、夜間や休日もつながりますか。」と聞きます。"
            ),
        ),
    ]
    asks = _("「いまも %s は可能ですか。数量は変わりませんか。」")
    steps += [ScriptStep(_("供給できるものを聞く"), asks % one) for one in supplies]
    steps.append(
        ScriptStep(
            _("ほかに聞く"),
            _(
                "「ほかに、災害のときに出していただけるものはありますか。」「メールでお送りする宛先はありますか。」"
            ),
        )
    )
    ours = _("「市の夜間の連絡先もお伝えします。」 → 市の連絡先を読み上げるか、調査票を送ると伝えます。")
    return [*steps, ScriptStep(_("市の連絡先を伝える"), ours)]
