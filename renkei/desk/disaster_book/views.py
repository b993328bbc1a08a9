"""The disaster book: the last ones, making one now, and taking one to the printer."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.agreements import for_disasters
from renkei.disasters.book.daily import make_the_nights_book
from renkei.disasters.book.whole import unread_partners
from renkei.disasters.models import DisasterBook
from renkei.disasters.permissions import why_not_see_contacts
from renkei.disasters.services.making_books import KEPT, BookRefused, make_book, take_book
from renkei.partners.permissions import why_not_change_of
from renkei.reminders.models import DailyWork
from renkei.ui.downloads import document_answer


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    """The newest book stands on top, or why there is none of last night."""
    books = list(DisasterBook.objects.of(town(request)).select_related("document"))
    context = {
        "title": gettext_lazy("防災冊子"),
        "books": books,
        "agreements": for_disasters(town(request), today()).count(),
        "is_todays": bool(books) and books[0].day == today(),
        "problem": _problem(request),
        "kept": KEPT,
        "unread": unread_partners(town(request), today()),
        "partner_page": "desk:partner"
        if why_not_change_of(request.user, None, today())
        else "desk:partner_edit",
        "reason": why_not_see_contacts(request.user, day=today()),
    }
    return render(request, "desk/disaster_book/listing.html", context)


def _problem(request: StaffRequest) -> str:
    """What the last night's work says about the book; "" where nothing went wrong."""
    work = DailyWork.objects.of(town(request)).latest_done()
    told = (one for one in (work.problems if work else ()) if one.startswith(make_the_nights_book.__name__))
    return next((one.partition(":")[2].strip() for one in told), "")


@staff_page
@require_POST
def make(request: StaffRequest) -> HttpResponse:
    """Make a book as of now, as after many contacts were put right."""
    stop_if(why_not_see_contacts(request.user, day=today()))
    try:
        made = make_book(town(request), at=timezone.now())
        messages.success(
            request, _("防災冊子を作りました(%sページ)。「印刷する」で取り出せます。") % made.pages
        )
    except BookRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:disaster_book")


@staff_page
def pdf(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """The book as PDF; who took it out of the house is told in the log."""
    mine = DisasterBook.objects.of(town(request)).select_related("document", "municipality")
    book = get_object_or_404(mine, public_id=public_id)
    stop_if(why_not_see_contacts(request.user, day=today()))
    answer = document_answer(book.document)
    if request.method != "HEAD":
        take_book(book, actor=request.user)
    return answer
