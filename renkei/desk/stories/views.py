"""Stories at the desk: the list, choosing an agreement, a story as everyone will read it, its pictures."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement, Party
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.desk.versions import version_seen
from renkei.initiatives.models import Story
from renkei.initiatives.permissions import why_not_conduct, why_not_work
from renkei.initiatives.pictures import kind_of_picture, public_picture
from renkei.initiatives.vocabulary import Publicity
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.rules.personal_data import personal_data_in

ON_A_PAGE, LONGEST = 30, 100


def the_story(request: StaffRequest, public_id: str) -> Story:
    """The person's own town's story as of the version that the form carries, or 404."""
    mine = Story.objects.of(town(request)).select_related(
        "municipality", "agreement__division", "agreement__municipality", "written_by", "approved_by"
    )
    story = get_object_or_404(mine.prefetch_related("pictures__document"), public_id=public_id)
    if request.method == "POST":
        story.version = version_seen(request, story.version)
    return story


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    own = Story.objects.of(town(request))
    found = own.select_related("agreement").prefetch_related("pictures__document")
    state, year = request.GET.get("state", ""), request.GET.get("year", "")
    agreement = request.GET.get("agreement", "").replace("\0", "")
    if state in Publicity:
        found = found.filter(publicity=state)
    if year.isascii() and year.isdigit() and len(year) == 4:
        found = found.filter(fiscal_year=int(year))
    if agreement:
        found = found.filter(agreement__public_id=agreement)
    years = own.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    context = {
        "title": _("取組の紹介"),
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "states": Publicity.choices,
        "state": state,
        "years": [(str(one), fiscal_year_name(one)) for one in years],
        "year": year,
        "is_filtered": bool(state or year or agreement),
        "waiting": own.filter(publicity=Publicity.PROPOSED).count(),
    }
    return render(request, "desk/stories/listing.html", context)


@staff_page
def choose(request: StaffRequest) -> HttpResponse:
    """Which agreement is told about: by words of its title or of a partner's name."""
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    found = Agreement.objects.of(town(request)).order_by("title", "pk")
    for word in words.split():
        named = Party.objects.filter(name_as_signed__icontains=word).values("agreement")
        found = found.filter(Q(title__icontains=word) | Q(pk__in=named))
    context = {
        "title": _("紹介する協定を選ぶ"),
        "q": words,
        "page": Paginator(found.prefetch_related("parties"), ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/stories/choose.html", context)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    story = the_story(request, public_id)
    pictures = list(story.pictures.all())
    words = "\n".join([story.title, story.text, *(one.description for one in pictures)])
    context = {
        "title": story.title,
        "story": story,
        "pictures": pictures,
        "remarks": personal_data_in(words),
        "why_not_write": why_not_work(request.user, story.agreement, day=today()),
        "why_not_approve": why_not_conduct(request.user, day=today()),
        "is_public": story.publicity == Publicity.PUBLISHED,
        "is_proposed": story.publicity == Publicity.PROPOSED,
    }
    return render(request, "desk/stories/page.html", context)


@staff_page
def picture(request: StaffRequest, public_id: str, document_id: str) -> HttpResponse:
    """The picture as everyone will see it: drawn anew, without where and when it was taken."""
    pictures = the_story(request, public_id).pictures.select_related("document")
    content = public_picture(get_object_or_404(pictures, document__public_id=document_id).document)
    if not content:
        raise Http404
    answer = HttpResponse(content, content_type=kind_of_picture(content))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
