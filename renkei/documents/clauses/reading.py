"""A town's own template of an agreement: from the Word file to the text with its fields, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.documents import events
from renkei.documents.clauses.agreements import PARTIES, agreement_template, fields_of
from renkei.documents.clauses.fields import FIELDS, IMPORTANT
from renkei.documents.contents import AgreementText, Article
from renkei.documents.filling import UnknownFields, fields_in
from renkei.documents.models import Template
from renkei.documents.recognising import recognised
from renkei.documents.recognising_word import read_lines
from renkei.documents.services import DocumentRefused, keep
from renkei.documents.template_refusals import SOMEBODY_ELSE_TOO
from renkei.documents.vocabulary import PaperKind, Subject
from renkei.documents.word.opening import WordRefused, open_word
from renkei.municipalities.models import Municipality

CLOSING = "{{ 結びの文 }}"
KEY_OF_FIELD = {"期間の文": "term", "連携事項": "items"}


@dataclass(frozen=True)
class ReadTemplate:
    """What a template says, and the important fields that it lacks."""

    text: AgreementText
    missing: tuple[str, ...]
    told: tuple[str, ...] = ()


def template_read(content: bytes, subject: Subject) -> ReadTemplate:
    """The Word file as a text; refused with a sentence where it is none or has fields that nobody fills."""
    try:
        word = open_word(content)
    except WordRefused as refusal:
        raise DocumentRefused(str(refusal)) from refusal
    found = recognised([line for _place, line in read_lines(word)]).text
    if not found.articles:
        raise DocumentRefused(
            _("「第１条」のような条が見つかりません。ひな形をダウンロードし、条を残したまま直してください。")
        )
    text = with_known_keys(with_closing(found), agreement_template(subject))
    names = fields_of(text)
    if unknown := [name for name in names if name not in FIELDS]:
        raise DocumentRefused(str(UnknownFields(unknown, FIELDS)))
    ours = fields_of(agreement_template(subject))
    important = [name for name in ours if name in (*IMPORTANT, "連携事項", "前文の当事者", "結びの文")]
    return ReadTemplate(text, tuple(name for name in important if name not in names), word.told)


def with_closing(text: AgreementText) -> AgreementText:
    """The field of the closing words looks like no closing words yet: it is taken from behind the last article."""
    *rest, last = text.articles
    said, field, more = last.text.rpartition(f"\n{CLOSING}")
    if text.closing or not field:
        return text
    return replace(text, articles=(*rest, replace(last, text=said)), closing=CLOSING + more)


def with_known_keys(text: AgreementText, ours: AgreementText) -> AgreementText:
    """The text whose articles have the keys of ours with the same heading or field, and whose parties are fields."""
    used: set[str] = set()
    articles = []
    for place, one in enumerate(text.articles, start=1):
        key = _key_of(one, ours.articles)
        key = key if key and key not in used else f"own{place}"
        used.add(key)
        articles.append(replace(one, key=key))
    tables = (replace(one, key=f"table{place}") for place, one in enumerate(text.tables, start=1))
    return replace(text, articles=tuple(articles), parties=PARTIES, tables=tuple(tables))


def _key_of(article: Article, ours: Sequence[Article]) -> str:
    by_field = (KEY_OF_FIELD[name] for name in fields_in(article.text) if name in KEY_OF_FIELD)
    by_heading = (one.key for one in ours if one.heading == article.heading)
    return next(by_field, "") or next(by_heading, "")


def upload_agreement(
    municipality: Municipality,
    subject: Subject,
    content: bytes,
    *,
    name: str,
    note: str = "",
    at: datetime,
    actor: User,
) -> ReadTemplate:
    """From now on first texts about the subject begin from this file; the one before is kept."""
    found = template_read(content, subject)
    try:
        with transaction.atomic():
            _keep(municipality, subject, content, found, name=name, note=note, at=at, actor=actor)
    except IntegrityError:
        raise DocumentRefused(_(SOMEBODY_ELSE_TOO)) from None
    return found


def _keep(
    municipality: Municipality,
    subject: Subject,
    content: bytes,
    found: ReadTemplate,
    *,
    name: str,
    note: str,
    at: datetime,
    actor: User,
) -> None:
    document = keep(content, name=name, municipality=municipality)
    used = Template.objects.of(municipality).in_use()
    used.filter(kind=PaperKind.AGREEMENT, subject=subject).update(retired_at=at)
    template = Template.objects.create(
        municipality=municipality,
        kind=PaperKind.AGREEMENT,
        subject=subject,
        document=document,
        text=found.text.as_told(),
        fields=fields_of(found.text),
        note=note,
        made_by=actor,
        made_at=at,
    )
    record(
        events.TEMPLATE_UPLOADED,
        actor,
        template,
        municipality=municipality,
        document=document.name,
        note=note or "—",
    )
