"""Keeping what a person has typed and not yet sent, one draft for each form."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import Draft, User

LARGEST = 200_000
MOST = 100
"""Drafts of one person; when another form is begun, the oldest makes room."""

Typed = Mapping[str, list[str]]


class DraftRefused(ValueError):
    """The draft is not kept; str() says why and what to do."""


@transaction.atomic
def keep_draft(user: User, address: str, typed: Typed) -> Draft:
    """Keep what was typed into the form of the address, in place of what was kept before."""
    if len(json.dumps(typed, ensure_ascii=False).encode(errors="replace")) > LARGEST:
        raise DraftRefused(
            _("書きかけが長すぎて保存できません(200kBまで)。先に送信するか、別の所にも控えてください。")
        )
    without_nul = {name: [text.replace("\0", "") for text in texts] for name, texts in typed.items()}
    draft, _is_new = Draft.objects.update_or_create(
        user=user, address=address[:300], defaults={"content": without_nul}
    )
    newest = Draft.objects.filter(user=user).order_by("-kept_at", "-pk").values_list("pk", flat=True)
    Draft.objects.filter(pk__in=list(newest[MOST:])).delete()
    return draft


def draft_of(user: User, address: str) -> Draft | None:
    """What the person typed into the form of the address and did not send; None if nothing is kept."""
    return Draft.objects.filter(user=user, address=address[:300]).first()


def drafts_of(user: User) -> list[Draft]:
    """All that the person typed and did not send, the newest first."""
    return list(Draft.objects.filter(user=user))


def forget_draft(user: User, address: str) -> None:
    """The form was sent, or the person does not want the draft any more."""
    Draft.objects.filter(user=user, address=address[:300]).delete()


def forget_old_drafts(before: datetime) -> int:
    """Forget the drafts that were last kept before the moment; how many they were."""
    return Draft.objects.filter(kept_at__lt=before).delete()[0]
