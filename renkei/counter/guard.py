"""Answers to somebody who has come in are kept in no cache, refusals and pages that are not there too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from renkei.counter.visitor import SESSION


class Guard:
    """Stands around every view; what a page itself has said about caches stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            not response.has_header("Cache-Control")
            and request.session.accessed
            and SESSION in request.session
        ):
            add_never_cache_headers(response)
        return response
