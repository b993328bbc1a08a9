"""What a letter says, in plain text and in HTML, from the same words."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement


@dataclass(frozen=True)
class Line:
    """One matter; `address` leads to it where the address of the installation is known."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a heading, and how many more there are."""

    heading: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True)
class Content:
    """A whole letter before it has a form."""

    subject: str
    name: str
    lead: str
    sections: tuple[Section, ...]
    closing: str

    @property
    def plain(self) -> str:
        """As plain text."""
        parts = [_("%(name)s 様") % {"name": self.name}, self.lead]
        for section in self.sections:
            lines = [f"■ {section.heading}"]
            for line in section.lines:
                lines.append(f"・{line.text}")
                lines += [f"  {line.address}"] if line.address else []
            if section.more:
                lines.append(_("ほか%(count)s件") % {"count": section.more})
            parts.append("\n".join(lines))
        return "\n\n".join([*parts, self.closing, _signature()]) + "\n"

    @property
    def html(self) -> str:
        """As HTML without any style, picture or script."""
        context = {"content": self, "signature": _signature()}
        return render_to_string("reminders/letter.html", context)


def address_of(agreement: Agreement) -> str:
    """The agreement's page at the desk; "" where the installation's address is not set."""
    return _address(f"agreements/{agreement.public_id}/")


def _address(page: str) -> str:
    """A page of the desk, of which this floor knows the address only; a test holds it to the address table."""
    return f"{settings.DESK_ADDRESS}/desk/{page}" if settings.DESK_ADDRESS else ""


def _signature() -> str:
    told = _("この手紙は連携が自動で送りました。返信は読まれません。")
    page = _address("")
    return f"{told}\n{page}" if page else told
