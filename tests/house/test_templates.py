"""Templates escape what they show, carry no script or style of their own, and build forms that explain."""

import re
from collections.abc import Iterator

import pytest

from tests.house.sources import modules, scripts, shown, templates

ALLOWED_SAFE: set[str] = {
    "renkei/ui/templatetags/ui.py"
}  # marks hits by format_html only; each line is reviewed
UNESCAPED = re.compile(r"\|\s*safe\b|safeseq|autoescape\s+off|mark_safe|SafeString\(")
FAULTS = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"'{]", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a placeholder": re.compile(r"\splaceholder\s*=|[\"']placeholder[\"']", re.IGNORECASE),
    "a disabled or readonly field": re.compile(
        r"<(?:input|select|textarea|button|fieldset)\b[^>]*\s(?:disabled|readonly)\b", re.IGNORECASE
    ),
    "an address of another site": re.compile(
        r"(?:src|href|action)=[\"'](?:https?:)?//(?!www\.w3\.org/)", re.IGNORECASE
    ),
    "a filter that needs eval": re.compile(
        r"hx-trigger=[\"'][^\"']*\[|hx-on|hx-vals=[\"']js:", re.IGNORECASE
    ),
}


def faults(text: str) -> Iterator[str]:
    """What a template may not hold."""
    bare = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", "", text, flags=re.DOTALL)
    yield from (
        f"{name}: {found[0].strip()}" for name, sign in FAULTS.items() if (found := sign.search(bare))
    )


@pytest.mark.parametrize("path", list(templates()), ids=shown)
def test_a_template_holds_nothing_inline(path):
    assert list(faults(path.read_text())) == []


def test_nothing_is_shown_unescaped():
    places = [*templates(), *modules("renkei"), *scripts()]
    found = {shown(path) for path in places if UNESCAPED.search(path.read_text())}
    assert found <= ALLOWED_SAFE


def test_no_script_evaluates_text():
    found = {
        shown(path)
        for path in scripts()
        if re.search(r"\beval\(|new Function\(|innerHTML\s*=", path.read_text())
    }
    assert found == set()


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>", "<p style='color:red'>", "<style>p{}</style>", '<a onclick="x()">',
        '<input placeholder="例">', "<input name=a disabled>", '<img src="https://example.org/a.png">',
        '<div hx-trigger="input[!event.isComposing]">', '<a href="javascript:x()">',
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(planted):
    assert list(faults(planted))


@pytest.mark.parametrize("planted", ["{{ text|safe }}", "{% autoescape off %}", "mark_safe(text)"])
def test_planted_unescaped_text_is_found(planted):
    assert UNESCAPED.search(planted)


@pytest.mark.parametrize(
    "fine",
    ['<script src="{% static "ui/forms.js" %}" defer></script>', '<a href="/agreements/">', "{# <style> #}"],
)
def test_what_is_fine_is_left_alone(fine):
    assert list(faults(fine)) == []
