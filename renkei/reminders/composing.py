"""What a letter says, in plain text and in HTML, from the same words."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.municipalities.pages import desk_page


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
    signed_by: str = ""
    """Who writes, where it is a town to somebody outside: no page of the desk is named then."""

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
        return "\n\n".join(part for part in [*parts, self.closing, self.signature] if part) + "\n"

    @property
    def html(self) -> str:
        """As HTML without any style, picture or script."""
        return render_to_string("reminders/letter.html", {"content": self, "signature": self.signature})

    @property
    def signature(self) -> str:
        """What stands under the letter."""
        told = _("この手紙は連携が自動で送りました。返信は読まれません。")
        return "\n".join(
            line for line in (self.signed_by, told, "" if self.signed_by else desk_page("")) if line
        )


def address_of(agreement: Agreement) -> str:
    """The agreement's page at the desk; "" where the installation's address is not set."""
    return desk_page(f"agreements/{agreement.public_id}/")
