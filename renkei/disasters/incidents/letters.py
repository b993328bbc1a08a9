"""The letter that asks a partner for help, with the link by which it answers."""

from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.disasters.amounts import told_amount
from renkei.disasters.incidents.answer_links import LASTS, address_of
from renkei.disasters.models import HelpRequest
from renkei.municipalities.post import PostedLetter, post
from renkei.rules.japanese_calendar import both_calendars

DRILL = "【訓練】"


@override("ja")
def post_request(help_request: HelpRequest, *, cause: str, at: datetime, site: str = "") -> str:
    """Post the letter to `sent_to`; the address of its link, "" where nobody knows where the counter is."""
    incident, until = help_request.incident, at + LASTS
    link = address_of(help_request, until=until, site=site)
    drill = DRILL if incident.is_drill else ""
    letter = PostedLetter(
        key=f"help-request:{cause}",
        address=help_request.sent_to,
        name=str(help_request.organisation),
        subject=_("%(drill)s【連携】%(town)sからの要請: %(what)s")
        % {"drill": drill, "town": incident.municipality, "what": help_request.need},
        paragraphs=tuple(_words(help_request, until, has_link=bool(link))),
        links=((_("回答のページ"), link),) if link and urlsplit(link).netloc else (),
        is_secret=True,
    )
    post(incident.municipality, letter, now=at)
    return link


def _words(help_request: HelpRequest, until: datetime, *, has_link: bool) -> list[str]:
    incident, need = help_request.incident, help_request.need
    what = f"{need} {told_amount(help_request.quantity, help_request.unit)}".strip()
    basis = help_request.agreement.title if help_request.agreement else ""
    lines = [
        _("これは訓練です。実際に運ぶ必要はありません。") if incident.is_drill else "",
        _("「%s」に基づき、次のとおり協力を要請します。") % basis
        if basis
        else _("次のとおり協力をお願いします。"),
        _("災害: %s") % incident.title,
        _("要請の内容: %s") % what,
        _("届け先: %s") % need.where if need.where else "",
        _("希望する日時: %s") % help_request.wanted if help_request.wanted else "",
        help_request.conditions,
    ]
    if has_link:
        day = both_calendars(timezone.localdate(until))
        lines += [
            _("下のページで、できるかどうかをお知らせください。%sまで、アカウントなしで回答できます。") % day,
            _(
                "回答を受け取った後、確認のため市から折り返し電話します。このリンクを他の人に渡さないでください。"
            ),
        ]
    else:
        lines.append(_("できるかどうかを、電話でお知らせください。"))
    return [line for line in lines if line.strip()]
