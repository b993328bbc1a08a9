"""Whether an import can be taken back: nothing may have been built on its agreements."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Attachment, Relation
from renkei.ledger.models import Batch, BatchState


def agreements_of(batch: Batch) -> list[Agreement]:
    """The agreements that the batch brought in."""
    return list(_brought(batch).only("pk"))


def _brought(batch: Batch) -> QuerySet[Agreement]:
    # IN, not EXISTS: SQLite walks all rows of the batch for each agreement of a correlated EXISTS.
    return Agreement.objects.filter(pk__in=batch.rows.filter(agreement__isnull=False).values("agreement"))


def why_not_undo(batch: Batch) -> str | None:
    """None if the import can be undone; otherwise the sentence to show."""
    if batch.state != BatchState.COMMITTED:
        return _("取り込まれていない台帳です。取り消す物がありません。")
    agreements = _brought(batch)
    changed = agreements.filter(version__gt=1).count()
    used = (
        Relation.objects.filter(other__in=agreements).count()
        + Attachment.objects.filter(agreement__in=agreements).count()
    )
    if changed or used:
        return _(
            "取り込んだ後に、変更された協定が%(changed)s件、文書や関係が付いた所が%(used)s件あります。"
            "まとめて取り消すとそれらも失われるため、取り消せません。協定ごとに直してください。"
        ) % {"changed": changed, "used": used}
    return None
