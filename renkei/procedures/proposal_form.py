"""What a proposal is asked, part by part: one list for the pages of the counter, the desk, the portal and the check."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from renkei.procedures.models import Proposal
from renkei.procedures.proposal_lines import Line, LineKind, mail_address
from renkei.rules.corporate_number import corporate_number
from renkei.rules.telephone import telephone


@dataclass(frozen=True)
class Part:
    """A page of the form."""

    name: str
    title: str | Promise
    lead: str | Promise
    lines: tuple[Line, ...] = ()

    def lacking(self, proposal: Proposal) -> list[Line]:
        """The lines that must be filled in before sending and are not."""
        return [line for line in self.lines if line.needed and not line.is_filled(proposal)]


COMPANY = Part(
    "company",
    gettext_lazy("会社・団体"),
    gettext_lazy("提案する会社や団体について教えてください。"),
    (
        Line(
            name="partner_name",
            needed=True,
            autocomplete="organization",
            help=gettext_lazy("登記や規約のとおりの名称。支店や営業所の協定であれば、その名前まで。"),
        ),
        Line(name="partner_kind", kind=LineKind.CHOICE, needed=True),
        Line(
            name="corporate_number",
            inputmode="numeric",
            judge=corporate_number,
            help=gettext_lazy(
                "13桁。全角や空白、ハイフンが入っていてもかまいません。なければ空けてください。"
            ),
        ),
        Line(name="address", needed=True, autocomplete="street-address"),
        Line(
            name="representative",
            needed=True,
            help=gettext_lazy("例: 代表取締役社長 見本 太郎。協定書に署名する方が違うときは、その方も。"),
        ),
    ),
)
CONTACT = Part(
    "contact",
    gettext_lazy("担当者"),
    gettext_lazy("市からの連絡を受ける方です。"),
    (
        Line(name="contact_name", needed=True, autocomplete="name"),
        Line(name="contact_unit", autocomplete="organization-title"),
        Line(
            name="contact_phone",
            needed=True,
            autocomplete="tel",
            inputmode="tel",
            judge=telephone,
            help=gettext_lazy("日中につながる番号。内線もどうぞ。"),
        ),
        Line(name="contact_email", needed=True, autocomplete="email", inputmode="email", judge=mail_address),
    ),
)
CONTENT = Part(
    "content",
    gettext_lazy("提案の内容"),
    gettext_lazy(
        "何を、なぜ、いっしょにしたいかを書いてください。決まっていないことは、協議の中で決められます。"
    ),
    (
        Line(
            name="title",
            needed=True,
            help=gettext_lazy("一目で分かる名前。例: 熱中症の予防と災害時の飲料の提供に関する連携"),
        ),
        Line(name="wished_form", kind=LineKind.CHOICE, needed=True),
        Line(
            name="fields",
            kind=LineKind.FIELDS,
            needed=True,
            help=gettext_lazy("当てはまるものをすべて選んでください。"),
        ),
        Line(
            name="purpose",
            kind=LineKind.TEXT,
            needed=True,
            rows=5,
            help=gettext_lazy("どの課題に、なぜ取り組みたいか。期待できる効果も。"),
        ),
        Line(
            name="items",
            kind=LineKind.LIST,
            needed=True,
            rows=5,
            help=gettext_lazy("一行に一つ。例: 健康の維持・増進に関すること"),
        ),
    ),
)
RESOURCES = Part(
    "resources",
    gettext_lazy("取組と資源"),
    gettext_lazy("具体的にできることを書いてください。"),
    (
        Line(
            name="initiatives",
            kind=LineKind.TEXT,
            needed=True,
            rows=6,
            help=gettext_lazy("どこで、だれに、何をするか。回数や数量が分かれば、それも。"),
        ),
        Line(
            name="resources",
            kind=LineKind.TEXT,
            help=gettext_lazy("人、物、場所、技術、情報発信の手段など。"),
        ),
        Line(
            name="wishes",
            kind=LineKind.TEXT,
            help=gettext_lazy("市に引き受けてほしいこと、貸してほしい場所など。"),
        ),
        Line(
            name="schedule",
            kind=LineKind.TEXT,
            rows=2,
            help=gettext_lazy("締結や開始の希望。例: 令和8年10月に締結したい"),
        ),
        Line(
            name="record",
            kind=LineKind.TEXT,
            help=gettext_lazy("ほかの自治体と結んだ協定があれば、自治体の名前と時期。"),
        ),
    ),
)
FILES = Part(
    "files",
    gettext_lazy("添付"),
    gettext_lazy("会社案内や企画書などがあれば添えてください。なくてもかまいません。"),
)
DECLARATIONS = Part(
    "declarations",
    gettext_lazy("確認事項"),
    gettext_lazy("提出には、次の三つの確認が要ります。"),
    (
        Line(
            name="is_no_gang",
            kind=LineKind.TICK,
            needed=True,
            help=gettext_lazy(
                "会社・団体とその役員は、暴力団・暴力団員ではなく、それらと関わりを持っていません。"
            ),
        ),
        Line(
            name="is_lawful",
            kind=LineKind.TICK,
            needed=True,
            help=gettext_lazy(
                "法令に反する行為をしておらず、政治・宗教の活動を目的とする提案ではありません。"
            ),
        ),
        Line(
            name="is_no_charge",
            kind=LineKind.TICK,
            needed=True,
            help=gettext_lazy("この提案だけを理由に、市に新しい費用の負担や、契約の約束を求めません。"),
        ),
        Line(
            name="secrets",
            kind=LineKind.TEXT,
            rows=3,
            help=gettext_lazy("営業上の秘密など。書かれた所は、情報公開の請求があったときに考えに入れます。"),
        ),
    ),
)
PARTS = (COMPANY, CONTACT, CONTENT, RESOURCES, FILES, DECLARATIONS)
LINES = tuple(line for part in PARTS for line in part.lines)


@dataclass(frozen=True)
class Row:
    """One line of a proposal as it is read: what was asked, and what was answered."""

    label: str | Promise
    text: str
    is_lacking: bool


def answers(part: Part, proposal: Proposal) -> list[Row]:
    """What was answered in the part; what was left out is shown too, so that nobody looks for it."""
    return [
        Row(line.label, line.shown(proposal), line.needed and not line.is_filled(proposal))
        for line in part.lines
    ]


def lacking(proposal: Proposal) -> list[tuple[Part, Line]]:
    """Everything that must be filled in before the proposal is sent and is not."""
    return [(part, line) for part in PARTS for line in part.lacking(proposal)]


def read_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored for what was typed, by the names of lines; raises UnreadableLine."""
    return {line.name: line.read(facts[line.name]) for line in LINES if line.name in facts}
