"""Whether an import can be taken back: nothing may have been built on its agreements."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Attachment, Relation
from renkei.ledger.models import Batch, BatchState, Row


def agreements_of(batch: Batch) -> list[Agreement]:
    """The agreements that the batch brought in."""
    rows = Row.objects.filter(batch=batch, agreement=OuterRef("pk"))
    return list(Agreement.objects.filter(Exists(rows)))


def why_not_undo(batch: Batch) -> str | None:
    """None if the import can be undone; otherwise the sentence to show."""
    if batch.state != BatchState.COMMITTED:
        return _("取り込まれていない台帳です。取り消す物がありません。")
    agreements = agreements_of(batch)
    changed = sum(agreement.version > 1 for agreement in agreements)
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
