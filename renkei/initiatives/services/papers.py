"""Pictures and papers of a result: kept as received, described in words, taken off without being lost."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.audit.services import record
from renkei.documents.services import keep
from renkei.initiatives import events
from renkei.initiatives.acting import Person, actor_of, side_of
from renkei.initiatives.models import Result, ResultPaper
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.vocabulary import ResultState

MOST_PAPERS = 10


@dataclass(frozen=True)
class NewPaper:
    """A picture or paper on its way in."""

    content: bytes = field(repr=False)
    name: str
    description: str


@transaction.atomic
def add_paper(result: Result, content: bytes, *, name: str, description: str, by: Person) -> ResultPaper:
    """Keep the file and show it with the result; nobody outside sees it until that is proposed and approved."""
    _refuse(result, by)
    if not description.strip():
        raise ResultRefused(_("写真・資料の説明を入れてください。画面を見られない人にも内容が伝わります。"))
    if result.papers.filter(removed_at=None).count() >= MOST_PAPERS:
        raise ResultRefused(
            _("写真・資料は一つの実績に%s点までです。先にどれかを外してください。") % MOST_PAPERS
        )
    document = keep(content, name=name, municipality=result.municipality)
    paper = ResultPaper.objects.create(
        result=result, document=document, description=description.strip()[:200]
    )
    town = result.municipality
    record(events.PAPER_ADDED, actor_of(by), result, municipality=town, document=document.name)
    return paper


@transaction.atomic
def remove_paper(paper: ResultPaper, *, by: Person, at: datetime) -> ResultPaper:
    """Take the paper off the result; the file is kept with the record of what was shown."""
    result = paper.result
    _refuse(result, by)
    taken = ResultPaper.objects.filter(pk=paper.pk, removed_at=None).update(removed_at=at, is_public=False)
    if not taken:
        raise ResultRefused(_("もう外されています。画面を読み直してください。"))
    paper.removed_at, paper.is_public = at, False
    town = result.municipality
    record(events.PAPER_REMOVED, actor_of(by), result, municipality=town, document=paper.document.name)
    return paper


def _refuse(result: Result, by: Person) -> None:
    if result.state == ResultState.WITHDRAWN:
        raise ResultRefused(_("取り消された実績です。もう一度、新しく報告してください。"))
    if side_of(by) == Side.PARTNER and result.reported_side != Side.PARTNER:
        raise ResultRefused(_("市が報告した実績です。写真・資料は市の担当課に送ってください。"))
