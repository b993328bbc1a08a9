"""Who may do what with the town's own papers: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.municipalities.models import Division
from renkei.reports.models import SavedQuestion

PAPERS = gettext_lazy("資料")


@right("wordings.change", gettext_lazy("資料の文を町の文にする、標準に戻す"), about=PAPERS)
def why_not_change_wordings_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may change the words in which the town's papers speak."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _("資料の文は町全体の資料に載るため、総括課の担当者だけが変えられます。総括課に頼んでください。")


def why_not_change_wordings(user: User, *, day: date) -> str | None:
    """None if the person may change the own town's words on the day."""
    return why_not_change_wordings_of(user, None, day)


@right("questions.change", gettext_lazy("共有された集計の名前を変える、削除する"), about=PAPERS)
def why_not_change_shared_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may change a question that somebody else shared with the town."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _(
        "ほかの人が共有した集計です。名前を変えたり削除したりできるのは、保存した人と総括課の担当者だけです。"
    )


def why_not_change_question(user: User, question: SavedQuestion, *, day: date) -> str | None:
    """None for whoever saved it, and of a shared one for coordinators."""
    return None if question.owner_id == user.pk else why_not_change_shared_of(user, None, day)
