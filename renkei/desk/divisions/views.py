"""Pages being built."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def listing(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


page = download = publish = attach = document = listing
