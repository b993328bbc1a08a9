"""What can be done with layouts."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import Changes, record
from renkei.municipalities.models import Municipality
from renkei.search import events
from renkei.search.layouts import Column
from renkei.search.models import Layout


class LayoutRefused(ValueError):
    """The layout is not kept; str() says why and what to do."""


@transaction.atomic
def keep(
    name: str,
    columns: Sequence[Column],
    *,
    municipality: Municipality,
    actor: User,
    layout: Layout | None = None,
) -> Layout:
    """Keep a new layout, or the columns and name of one that is there already."""
    _refuse_incomplete(name, columns, municipality, layout)
    layout = layout or Layout(municipality=municipality)
    before = [one["head"] for one in layout.columns]
    layout.name = name.strip()
    layout.columns = [{"name": one.name, "head": one.head.strip() or one.name} for one in columns]
    layout.save()
    changes: Changes = {"search.layout.columns": (before, [one["head"] for one in layout.columns])}
    record(events.LAYOUT_KEPT, actor, layout, municipality=municipality, changes=changes)
    return layout


@transaction.atomic
def forget(layout: Layout, *, actor: User) -> None:
    """Delete the layout; nothing of the register goes with it."""
    heads = [one["head"] for one in layout.columns]
    changes: Changes = {"search.layout.columns": (heads, [])}
    record(events.LAYOUT_FORGOTTEN, actor, layout, municipality=layout.municipality, changes=changes)
    layout.delete()


def _refuse_incomplete(
    name: str, columns: Sequence[Column], municipality: Municipality, layout: Layout | None
) -> None:
    if not name.strip():
        raise LayoutRefused(_("様式の名前が空です。「庁内台帳」のような名前を入れてください。"))
    if not columns:
        raise LayoutRefused(_("列が一つも選ばれていません。出したい列に順番の数字を入れてください。"))
    others = Layout.objects.of(municipality).filter(name=name.strip())
    if (others.exclude(pk=layout.pk) if layout else others).exists():
        raise LayoutRefused(
            _("「%(name)s」という様式はもうあります。別の名前にするか、その様式を直してください。")
            % {"name": name.strip()}
        )
