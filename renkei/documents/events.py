"""Events of the town's own templates and clauses."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("documents.template", "documents.libraryclause")

TEMPLATE_UPLOADED = declare(
    "template.uploaded", _("{actor}が「{subject}」のひな形を「{document}」にしました({note})")
)
TEMPLATE_RETIRED = declare("template.retired", _("{actor}が「{subject}」のひな形を標準に戻しました"))

CLAUSE_ADDED = declare("clause.added", _("{actor}が条項集に「{subject}」を加えました"))
CLAUSE_CHANGED = declare("clause.changed", _("{actor}が条項集の「{subject}」を変えました"))
CLAUSE_RETIRED = declare("clause.retired", _("{actor}が条項集の「{subject}」を使わないことにしました"))
