"""What is done under agreements, as far as it is searched and quoted: initiatives, results, stories."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renkei.disasters.models import Capability
from renkei.disasters.vocabulary import CapabilityState, DisasterFunction
from renkei.initiatives.models import Initiative, Result, Story
from renkei.initiatives.vocabulary import Publicity

MOST_LETTERS = 50_000
"""Letters searched of an agreement's work for everyone, and as many of what only staff find."""
INITIATIVE, RESULT, STORY = _("取組"), _("取組実績"), _("取組の紹介")
CAPABILITY = _("支援内容")


@dataclass(frozen=True)
class Worked:
    """A text about work under an agreement, and whether everyone finds it."""

    agreement: int
    name: Promise
    text: str
    is_public: bool


def worked(ids: Sequence[int], *, internal: bool) -> Iterator[Worked]:
    """The texts of the agreements' work, the latest results first; without `internal` those for everyone."""
    letters: dict[tuple[int, bool], int] = defaultdict(int)
    for one in _every(ids):
        if not one.text or not (internal or one.is_public):
            continue
        left = MOST_LETTERS - letters[one.agreement, one.is_public]
        if left >= len(one.text):
            letters[one.agreement, one.is_public] += len(one.text)
            yield one


def _every(ids: Sequence[int]) -> Iterator[Worked]:
    initiatives = Initiative.objects.filter(agreement__in=ids).order_by("agreement", "position")
    for agreement, is_public, *texts in initiatives.values_list(
        "agreement", "is_public", "title", "audience", "place"
    ):
        yield Worked(agreement, INITIATIVE, " ".join(text for text in texts if text), is_public)
    results = Result.objects.valid().filter(agreement__in=ids).order_by("-fiscal_year", "pk")
    of_result = ("agreement", "publicity", "initiative__is_public", "what", "public_text", "place")
    for agreement, publicity, may_show, what, public_text, place in results.values_list(*of_result):
        is_public = publicity == Publicity.PUBLISHED and may_show
        yield Worked(agreement, RESULT, public_text or what, is_public)
        if public_text and public_text != what:
            yield Worked(agreement, RESULT, what, False)
        yield Worked(agreement, RESULT, place, False)
    stories = Story.objects.filter(agreement__in=ids).order_by("-fiscal_year", "pk")
    for agreement, publicity, title, text in stories.values_list("agreement", "publicity", "title", "text"):
        yield Worked(agreement, STORY, f"{title}\n{text}", publicity == Publicity.PUBLISHED)
    yield from _promised(ids)


def _promised(ids: Sequence[int]) -> Iterator[Worked]:
    """What partners do in a disaster: for everyone the kind and the goods of what somebody has taken over."""
    told = Capability.objects.exclude(state=CapabilityState.ENDED).filter(agreement__in=ids).order_by("pk")
    columns = ("agreement", "state", "function", "goods", "area", "conditions", "source_text")
    for agreement, state, function, goods, *aside in told.values_list(*columns):
        text = f"{DisasterFunction(function).label} {goods}".strip()
        yield Worked(agreement, CAPABILITY, text, state == CapabilityState.CURRENT)
        yield Worked(agreement, CAPABILITY, " ".join(one for one in aside if one), False)


def texts_of_work(ids: Sequence[int]) -> dict[int, tuple[list[str], list[str]]]:
    """By agreement the texts for everyone, and those for staff."""
    found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for one in worked(ids, internal=True):
        found[one.agreement][0 if one.is_public else 1].append(one.text)
    return found
