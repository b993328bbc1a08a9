"""The usual texts of agreements by what they are about, with their fields in them; the town's own where it has one."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from renkei.documents.clauses.library import Variant, variant
from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty
from renkei.documents.filling import fields_in, fill
from renkei.documents.sheets import plain_text
from renkei.documents.vocabulary import PaperKind, Subject
from renkei.municipalities.models import Municipality

PARTNER = "相手方の名称"
TABLE = "別表"
NUMBERED_TABLE = re.compile(rf"{TABLE}第[０-９0-9]+")
TEXTS = Path(__file__).parent / "texts"
PARTIES = (
    SigningParty("甲", "{{ 市の名称 }}", "{{ 市の署名者 }}", True, "{{ 市の所在地 }}"),
    SigningParty("乙", "{{ 相手方の名称 }}", "{{ 相手方の署名者 }}", False, "{{ 相手方の所在地 }}"),
)
"""The signature block of a template; when it is filled, the agreement's own parties take its place."""


def agreement_template(subject: Subject | str, municipality: Municipality | None = None) -> AgreementText:
    """The whole text with its fields still in it: the town's own, else ours."""
    from renkei.documents.models import Template

    if municipality is not None:
        used = Template.objects.of(municipality).in_use()
        own = used.filter(kind=PaperKind.AGREEMENT, subject=subject).first()
        if own is not None and own.text:
            return AgreementText.read(own.text)
    return standard_text(Subject(subject))


@cache
def standard_text(subject: Subject) -> AgreementText:
    """Our text about a subject."""
    told = tomllib.loads((TEXTS / f"{subject}.toml").read_text(encoding="utf-8"))
    return AgreementText(
        title=told["title"],
        preamble=told["preamble"].strip(),
        articles=tuple(_article(one) for one in told["article"]),
        closing="{{ 結びの文 }}",
        parties=PARTIES,
        tables=tuple(_table(one) for one in told.get("table", ())),
    )


def _article(told: Mapping[str, Any]) -> Article:
    """An article of its own, or a clause of the library, whose kind is its key."""
    if "clause" not in told:
        return Article(told["key"], told["heading"], told["text"].strip())
    clause = variant(told["clause"])
    assert clause is not None, told
    text = clause.text.replace(TABLE, told.get("table", TABLE))
    return Article(told.get("key", str(clause.kind)), told.get("heading", clause.heading), text)


def _table(told: Mapping[str, Any]) -> AttachedTable:
    return AttachedTable(told["key"], told["title"], tuple(tuple(row) for row in told["rows"]))


def filled_text(
    template: AgreementText, fields: Mapping[str, str], parties: tuple[SigningParty, ...]
) -> AgreementText:
    """The template with its fields filled and these parties at its end."""
    return AgreementText(
        title=fill(template.title, fields),
        preamble=fill(template.preamble, fields),
        articles=tuple(
            replace(one, heading=fill(one.heading, fields), text=fill(one.text, fields))
            for one in template.articles
        ),
        closing=fill(template.closing, fields),
        parties=parties,
        tables=tuple(_filled_table(one, fields, parties) for one in template.tables),
    )


def _filled_table(
    table: AttachedTable, fields: Mapping[str, str], parties: Sequence[SigningParty]
) -> AttachedTable:
    """Rows about the partner come once for each of several."""
    names = [party.name for party in parties if not party.is_town]
    others = [dict(fields) | {PARTNER: name} for name in names] or [dict(fields)]
    rows: list[tuple[str, ...]] = []
    for is_about_partners, group in groupby(table.rows, lambda row: PARTNER in fields_in("".join(row))):
        of_group = [*group]
        for own in others if is_about_partners else [fields]:
            rows += [tuple(fill(cell, own) for cell in row) for row in of_group]
    return AttachedTable(table.key, fill(table.title, fields), tuple(rows))


def used_in(clause: Variant, municipality: Municipality | None = None) -> list[Subject]:
    """The agreements in whose template a clause stands, word for word."""
    return [
        subject
        for subject in Subject
        if any(_plain(one) == clause.text for one in agreement_template(subject, municipality).articles)
    ]


def _plain(article: Article) -> str:
    """An article as the library has it, whichever number its table has here."""
    return NUMBERED_TABLE.sub(TABLE, article.text)


def fields_of(template: AgreementText) -> list[str]:
    """The fields in the whole template, each once, in their order."""
    return fields_in(plain_text(template))
