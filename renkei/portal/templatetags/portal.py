"""What every page of the public site shows of its towns."""

from collections.abc import Mapping
from typing import Any

from django import template

from renkei.municipalities.models import Municipality
from renkei.portal.towns import only_town

register = template.Library()


@register.simple_tag(takes_context=True)
def the_only_town(context: Mapping[str, Any]) -> Municipality | None:
    """The town whose name stands at the top, where there is one only."""
    return only_town(context["request"])
