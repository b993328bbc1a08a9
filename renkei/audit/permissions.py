"""Who may read the log: the whole of it, or what was told about records that everybody of the town may open."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.audit.events import OPEN_TO_STAFF
from renkei.audit.models import Entry, EntryQuerySet
from renkei.municipalities.models import Division


@right(
    "history.read",
    gettext_lazy("できごとの記録をすべて読み、確かめ、書き出す"),
    about=gettext_lazy("できごとの記録"),
)
def why_not_read_all_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may read, prove and export the whole log of the town on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR, day=day):
        return None
    return _(
        "記録のすべてを読み、確かめ、書き出すことは、総括課の担当者・管理者・監査だけができます。"
        "ほかの人には、だれでも開ける記録についてのできごとと、自分がしたことが見えます。"
    )


def why_not_read_all(user: User, *, day: date) -> str | None:
    """None if the person may read, prove and export the whole log of the town on the day."""
    return why_not_read_all_of(user, None, day)


def read_by(user: User, *, day: date) -> EntryQuerySet:
    """The entries of the person's town that they may read on the day."""
    entries: EntryQuerySet = Entry.objects.of(user.municipality)
    if why_not_read_all(user, day=day) is None:
        return entries
    return entries.filter(Q(actor=user) | Q(subject_type__in=OPEN_TO_STAFF))
