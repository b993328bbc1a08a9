"""Writing versions of the agreement's text and of the list of initiatives; a version that is there never changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import AgreementText, digest_of
from renkei.procedures import events
from renkei.procedures.models import DraftVersion, Procedure
from renkei.procedures.people import Person, actor_of, side_of
from renkei.procedures.planned import newest, planned_list
from renkei.procedures.services.claiming import ProcedureRefused, refuse_ended
from renkei.procedures.vocabulary import DraftKind, Stage


@transaction.atomic
def write_text(
    procedure: Procedure,
    text: AgreementText,
    *,
    made_from: DraftVersion | None,
    note: str = "",
    by: Person,
    at: datetime,
    public_id: str,
) -> DraftVersion:
    """Keep the text as the next version; `made_from` is the version that it was edited from, None for a first text."""
    if not text.title.strip():
        raise ProcedureRefused(_("協定書の表題を入れてください。"))
    if not text.articles:
        raise ProcedureRefused(_("条が一つもありません。少なくとも一つの条を書いてください。"))
    return _write(procedure, DraftKind.TEXT, text.as_told(), made_from, note, by, at, public_id)


@transaction.atomic
def write_list(
    procedure: Procedure, *, note: str = "", by: Person, at: datetime, public_id: str
) -> DraftVersion:
    """Keep what is planned now as the next version of the list of initiatives."""
    planned = planned_list(procedure)
    if not planned.items:
        raise ProcedureRefused(_("合意した連携事項がありません。協議の記録で連携事項を合意にしてください。"))
    if not planned.rows:
        raise ProcedureRefused(_("取組が一つもありません。連携事項ごとに取組を加えてください。"))
    made_from = newest(procedure, DraftKind.INITIATIVES)
    return _write(procedure, DraftKind.INITIATIVES, planned.as_told(), made_from, note, by, at, public_id)


def _write(
    procedure: Procedure,
    kind: DraftKind,
    content: Mapping[str, Any],
    made_from: DraftVersion | None,
    note: str,
    by: Person,
    at: datetime,
    public_id: str,
) -> DraftVersion:
    # One after the other, so that no two versions take the same number.
    now = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if known := procedure.versions.filter(public_id=public_id).first():  # the form was sent twice
        return known
    refuse_ended(now)
    _refuse_signing(now)
    digest = digest_of(content)
    _refuse_parent(procedure, kind, digest, made_from)
    last = newest(procedure, kind)
    version = DraftVersion(
        procedure=procedure,
        public_id=public_id,
        kind=kind,
        number=last.number + 1 if last else 1,
        content=dict(content),
        digest=digest,
        made_from=made_from,
        side=side_of(by),
        made_by=by if isinstance(by, Correspondent) else None,
        made_by_user=None if isinstance(by, Correspondent) else by,
        made_at=at,
        note=note.strip(),
    )
    version.save(force_insert=True)
    record(
        events.VERSION_WRITTEN,
        actor_of(by),
        procedure,
        municipality=procedure.municipality,
        reason=version.note,
        version=str(version),
        digest=version.short_digest,
    )
    return version


def _refuse_signing(procedure: Procedure) -> None:
    """What is about to be signed is what both sides agreed on: another version wants another agreement."""
    if procedure.stage == Stage.SIGNING:
        raise ProcedureRefused(
            _("締結の段階では新しい版を作れません。直すときは、理由を書いて前の段階に戻してください。")
        )


def _refuse_parent(
    procedure: Procedure, kind: DraftKind, digest: str, made_from: DraftVersion | None
) -> None:
    if made_from is None:
        return
    if made_from.procedure_id != procedure.pk or made_from.kind != kind:
        raise ProcedureRefused(_("もとにする版が、この手続のものではありません。画面を開き直してください。"))
    if made_from.digest == digest:
        raise ProcedureRefused(
            _("%(version)sと同じ内容です。直してから、新しい版を作ってください。") % {"version": made_from}
        )
