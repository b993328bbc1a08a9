"""Handing out what is attached to an agreement: the bytes as received, and the small picture of the first page."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from renkei.desk.agreements.verbs import the_agreement
from renkei.desk.staff import StaffRequest, staff_page
from renkei.documents.models import Document
from renkei.ui.downloads import document_answer, thumbnail_answer


@staff_page
def document(request: StaffRequest, public_id: str, document_id: str) -> HttpResponseBase:
    return document_answer(the_document(request, public_id, document_id))


@staff_page
def thumbnail(request: StaffRequest, public_id: str, document_id: str) -> HttpResponseBase:
    found = the_document(request, public_id, document_id)
    return thumbnail_answer(found.digest, found.thumbnail)


def the_document(request: StaffRequest, public_id: str, document_id: str) -> Document:
    """A document of the agreement, a detached one included, or 404."""
    attachments = the_agreement(request, public_id).attachments.select_related("document")
    return get_object_or_404(attachments, document__public_id=document_id).document
