"""Addresses of a procedure's pages at the desk."""

from django import template

from renkei.desk.procedures.verbs import page_address
from renkei.procedures.models import Procedure

register = template.Library()


@register.simple_tag
def procedure_page(procedure: Procedure, page: str = "") -> str:
    """The address of a page of the procedure; `page` as the steps name it."""
    return page_address(procedure, page)
