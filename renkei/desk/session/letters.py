"""Handing a link over: into the outbox where mail is set up and the person has an address."""

from datetime import timedelta

from django.utils.translation import gettext as _

from renkei.accounts.links import LASTS, Purpose, SignInLink
from renkei.reminders.composing import Content, Line, Section
from renkei.reminders.mail import is_set_up
from renkei.reminders.models import LetterKind
from renkei.reminders.services.letters import write_letter

ONE_DAY = timedelta(days=1)


def hand_over(link: SignInLink, address: str) -> bool:
    """Write the letter with the link; False where the link must be handed over in another way."""
    person, purpose = link.user, Purpose(link.purpose)
    if not person.email or not is_set_up():
        return False
    content = Content(
        subject=_("連携: %(purpose)s(%(town)s)") % {"purpose": purpose.label, "town": link.municipality},
        name=person.name,
        lead=_("次のリンクを開いて、パスワードを決めるか、パスキーを登録してください。"),
        sections=(Section(str(purpose.label), (Line(_lasting(purpose), address),)),),
        closing=_(
            "心当たりがないときは、開かずに管理者へ知らせてください。リンクをほかの人に渡さないでください。"
        ),
    )
    write_letter(
        link.municipality,
        kind=LetterKind.INVITATION,
        key=f"link:{link.public_id}",
        subject=content.subject,
        plain=content.plain,
        html=content.html,
        person=person,
        now=link.made_at,
    )
    return True


def _lasting(purpose: Purpose) -> str:
    lasts = LASTS[purpose]
    if lasts >= ONE_DAY:
        return _("このリンクは%(days)s日のあいだ、1回だけ使えます") % {"days": lasts.days}
    return _("このリンクは1時間のあいだ、1回だけ使えます")
