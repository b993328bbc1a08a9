"""What every page of the public site shows of its towns."""

from django import template

from renkei.municipalities.models import Municipality
from renkei.portal.towns import only_town

register = template.Library()


@register.simple_tag
def the_only_town() -> Municipality | None:
    """The town whose name stands at the top, where there is one only."""
    return only_town()
