"""What a browser would send of a page's form if nothing were typed into it."""

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from renkei.agreements.models import Agreement


class Sent(HTMLParser):
    """Reads the fields of the form that keeps drafts."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str | list[str]] = {}
        self.is_inside = False
        self.select, self.area = "", ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name = told.get("name") or ""
        self.is_inside = "data-draft" in told if tag == "form" else self.is_inside
        if not self.is_inside:
            return
        if tag == "input" and name and (told.get("type") != "checkbox" or "checked" in told):
            self.put(name, told.get("value") or ("on" if told.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in told:
            self.fields[self.select] = told.get("value") or ""
        elif tag == "textarea":
            self.area, self.fields[name] = name, ""

    def put(self, name, value):
        """Several ticks of one name are sent together."""
        known = self.fields.get(name)
        self.fields[name] = (
            value if known is None else [*([known] if isinstance(known, str) else known), value]
        )

    def handle_data(self, text):
        if self.area:
            self.fields[self.area] += text

    def handle_endtag(self, tag):
        if tag == "textarea":
            # The first line end after the tag is no text, and a browser sends the others as two letters.
            self.fields[self.area] = self.fields[self.area].removeprefix("\n").replace("\n", "\r\n")
            self.area = ""
        elif tag == "form":
            self.is_inside = False


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def as_a_browser_sends(answer: HttpResponse) -> dict[str, str | list[str]]:
    """The fields of the page's form, without its token."""
    sent = Sent()
    sent.feed(text_of(answer))
    sent.fields.pop("csrfmiddlewaretoken")
    return sent.fields


def open_form(window: Client, agreement: Agreement, verb: str) -> tuple[str, dict[str, str | list[str]]]:
    """The address of a verb's page, and what its form would send."""
    address = f"/desk/agreements/{agreement.public_id}/{verb}/"
    return address, as_a_browser_sends(window.get(address))
