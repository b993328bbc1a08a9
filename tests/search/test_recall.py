"""What a scan of all texts finds, the search finds: after any changes, merges and rebuilds, for every audience."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from renkei.agreements.facts import AgreementFacts, PartyFacts
from renkei.agreements.models import Agreement
from renkei.agreements.services import end, publish, register_many, unregister_many, withdraw
from renkei.agreements.services.end import last_day_in_force
from renkei.agreements.vocabulary import EndReason
from renkei.partners.models import Organisation
from renkei.partners.services import rename
from renkei.rules.japanese_calendar import PartialDay
from renkei.search.blocks import LISTED
from renkei.search.finding import find_all
from renkei.search.merging import merge
from renkei.search.models import Block, Generation, Text
from renkei.search.rebuilding import rebuild
from tests.factories import a_municipality
from tests.search.reference import DAY, Scan, ask

pytestmark = pytest.mark.django_db

LETTERS = "防災害水訓練協定と㈱株式会社ガｶﾞか\u3099ド髙高𠮷吉Ａa1 \u3000\n-ー「」\U000e0100\u200d゙"
words = st.text(alphabet=LETTERS, min_size=1, max_size=8).filter(str.strip)
days = st.sampled_from([None, "2019", "2020-02", "2020-02-29", "2024-06-01"])
queries = st.one_of(
    words, st.text(alphabet=LETTERS, max_size=3), st.builds('"{}"'.format, words), st.builds("-{}".format, words),
    st.builds("{} {}".format, words, words), st.builds("{} -{}".format, words, words), st.text(max_size=4),
)  # fmt: skip


def facts(title: str, partner: str, aside: str, signed: str | None, published: bool) -> AgreementFacts:
    return AgreementFacts(
        title, (PartyFacts(partner, remark=aside),), date(2026, 4, 1), PartialDay.from_iso(signed) if signed else None,
        purpose=aside[::-1], notes=aside, remarks=(aside,), items=(partner[::-1],), is_published=published,
    )  # fmt: skip


agreements = st.builds(facts, words, words, words, days, st.booleans())


def registered(drawn: AgreementFacts) -> None:
    register_many([drawn], municipality=a_municipality("131016"))


def changed(drawn: AgreementFacts) -> Agreement | None:
    return Agreement.objects.order_by("version", "pk").last()


def published(drawn: AgreementFacts) -> None:
    if agreement := changed(drawn):
        (withdraw if agreement.is_published else publish)(agreement, actor=None)


def ended(drawn: AgreementFacts) -> None:
    agreement = changed(drawn)
    if agreement and not hasattr(agreement, "ending"):
        on = min(date(2030, 1, 1), last_day_in_force(agreement) or date.max)
        end(agreement, on=on, reason=EndReason.BY_BOTH, actor=None)


def renamed(drawn: AgreementFacts) -> None:
    if partner := Organisation.objects.order_by("pk").first():
        from_day = DAY + timedelta(days=10 * partner.version)
        rename(partner, name=f"{partner.name}{drawn.title}".strip(), from_day=from_day, actor=None)


def unregistered(drawn: AgreementFacts) -> None:
    if agreement := changed(drawn):
        unregister_many([agreement])


def merged(drawn: AgreementFacts) -> None:
    merge()


def rebuilt(drawn: AgreementFacts) -> None:
    rebuild()


changes = st.lists(
    st.sampled_from([registered, published, ended, renamed, unregistered, merged, merged, rebuilt]),
    max_size=6,
)


@contextmanager
def taken_back() -> Iterator[None]:
    """One example: nothing of it stays for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stored() -> tuple[dict[str, object], dict[int, list[str]]]:
    """Blocks by name and texts by agreement; an order of nothing is like no order."""
    generation = Generation.objects.first() or Generation()
    blocks = Block.objects.filter(edition=generation.edition).values_list("name", "content")
    texts = Text.objects.filter(edition=generation.edition)
    return (
        {name: said(name, bytes(content)) for name, content in blocks if content},
        {pk: rest for pk, *rest in texts.values_list("agreement", "title", "public", "internal", "facets")},
    )


def said(name: str, content: bytes) -> object:
    """What a block says: names and orders by their bytes, bitmaps by their members."""
    kind = name.partition(":")[0]
    return content if kind in (LISTED, "order", "ranks") else BitMap.deserialize(content)


def asked_of_everyone(text: str) -> list[object]:
    return [
        ask(text), ask(text, internal=False), ask(text, internal=False, town=None), ask(text, town="131016"),
    ]  # fmt: skip


@settings(max_examples=settings.default.max_examples // 10)
@given(st.lists(agreements, max_size=4), changes, st.lists(agreements, min_size=6, max_size=6),
       st.lists(queries, min_size=4, max_size=4))  # fmt: skip
def test_the_search_finds_what_a_scan_finds(first, made, drawn, texts):
    with taken_back():
        register_many(first, municipality=a_municipality())
        for change, one in zip(made, drawn, strict=False):
            change(one)
            question = ask(texts[0], internal=False, town=None)
            assert set(find_all(question)) == Scan().find(question)
        scan = Scan()
        for text in texts:
            for question in asked_of_everyone(text):
                assert set(find_all(question)) == scan.find(question), question


@settings(max_examples=settings.default.max_examples // 10)
@given(st.lists(agreements, max_size=4), changes, st.lists(agreements, min_size=6, max_size=6))
def test_the_index_kept_up_to_date_is_the_index_built_anew_block_by_block(first, made, drawn):
    with taken_back():
        register_many(first, municipality=a_municipality())
        for change, one in zip(made, drawn, strict=False):
            change(one)
        merge()
        kept = stored()
        rebuild()
        assert kept == stored()
