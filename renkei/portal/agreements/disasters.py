"""The list of a town's published agreements for disasters, in the eight columns that towns publish."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from renkei.disasters.capabilities.published_list import published_file
from renkei.municipalities.models import Municipality
from renkei.portal.towns import today
from renkei.ui.downloads import made_answer

KINDS = ("csv", "xlsx")


def published(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    town = get_object_or_404(Municipality.objects.taking_part(), code=code)
    content = published_file(town, today(), kind)
    return made_answer(content, f"{town.name}_災害協定の一覧_{today().isoformat()}.{kind}")
