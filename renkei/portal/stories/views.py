"""Stories for everyone: what came of agreements, told with pictures."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.portal.results.views import kept_of, picture_answer, seen_stories
from renkei.portal.towns import audience_of

ON_A_PAGE = 12


def listing(request: HttpRequest) -> HttpResponse:
    audience = audience_of(request)
    context = {
        "title": _("取組の紹介"),
        "door": "portal",
        "town": audience.municipality,
        "kept": kept_of(request, audience),
        "shows_town": audience.municipality is None,
        "page": Paginator(seen_stories(audience), ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/stories/listing.html", context)


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    story = get_object_or_404(seen_stories(Audience.public()), public_id=public_id)
    parties = story.agreement.parties.select_related("organisation").exclude(organisation=None)
    context = {
        "title": story.title,
        "door": "portal",
        "story": story,
        "partners": [party.public_name for party in parties],
    }
    return render(request, "portal/stories/page.html", context)


def picture(request: HttpRequest, public_id: str, document_id: str) -> HttpResponse:
    story = get_object_or_404(seen_stories(Audience.public()), public_id=public_id)
    pictures = story.pictures.select_related("document")
    return picture_answer(get_object_or_404(pictures, document__public_id=document_id).document)
