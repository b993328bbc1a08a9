"""`./run manage send_letters`: what waits in the outbox, once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.reminders import mail
from renkei.reminders.models import Letter, LetterState
from renkei.reminders.sending import send_some


class Command(BaseCommand):
    help = "Sends the letters that are due, and tells how many still wait."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = 0
        # The moment is taken anew: letters claimed now must not look as if a killed program had left them.
        while some := send_some(timezone.now()):
            sent += some
        waiting = Letter.objects.filter(state=LetterState.WAITING).count()
        failed = Letter.objects.filter(state=LetterState.FAILED).count()
        self.stdout.write(
            _("%(sent)s通を送りました。送信待ち%(waiting)s通、送れないもの%(failed)s通。")
            % {"sent": sent, "waiting": waiting, "failed": failed}
        )
        if not mail.is_set_up():
            self.stderr.write(_("メールサーバーが設定されていません。RENKEI_MAIL_HOSTを設定すると送れます。"))
