"""What came of the demo town's agreements: initiatives, results, and what was collected and said about them."""

from collections import defaultdict
from datetime import date

from renkei.agreements.models import Agreement
from renkei.audit.services import record
from renkei.demo import events, told_work
from renkei.demo.example_work import EXAMPLE_WORK
from renkei.demo.more_work import usual_work
from renkei.demo.published import EXAMPLE_ID
from renkei.demo.results import EXAMPLES
from renkei.demo.sample_work import Work, write_work
from renkei.demo.walking import Cast
from renkei.municipalities.models import Municipality
from renkei.municipalities.post import no_letters

AT_WORK_SINCE = date(2022, 4, 1)
ByTitle = dict[str, list[Agreement]]


def work(town: Municipality, divisions: dict[str, int]) -> None:
    """Everything about the work under agreements; a past that is written down afterwards sends no letter."""
    with no_letters():
        cast, by_title = Cast(town, divisions, {}), _by_title(town)
        placed = _placed(town, by_title)
        write_work(cast, placed)
        record(events.WORKED, None, town, municipality=town, initiatives=len(placed))
        told_work.campaign(cast)
        told_work.evaluations(cast)
        told_work.meetings(cast)
        told_work.stories(cast, by_title)


def _by_title(town: Municipality) -> ByTitle:
    """The made-up agreements that were there when the first year of work began."""
    by_title: ByTitle = defaultdict(list)
    old = Agreement.objects.of(town).filter(is_sample=True, ending=None, signed_on__lt=AT_WORK_SINCE)
    for agreement in old.order_by("public_id"):
        by_title[agreement.title].append(agreement)
    return by_title


def _placed(town: Municipality, by_title: ByTitle) -> list[tuple[Agreement, Work]]:
    """Each initiative beside its agreement: the example's, then the year's examples, then the usual ones."""
    example = Agreement.objects.of(town).prefetch_related("items").get(public_id=EXAMPLE_ID)
    others = [(by_title[title][number - 1], one) for title, number, one in (*EXAMPLES, *usual_work())]
    return [*((example, one) for one in EXAMPLE_WORK), *others]
