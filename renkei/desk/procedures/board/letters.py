"""Proposed letters to the partner, in the town's courteous words; a clerk edits them before they go out."""

from django.utils.translation import gettext as _

from renkei.procedures.models import Procedure


def declining(procedure: Procedure) -> str:
    """A letter that declines."""
    return _(
        "このたびは「%(title)s」をご提案いただき、誠にありがとうございました。\n"
        "庁内で検討しましたが、今回は協定の締結を見送らせていただくこととなりました。\n"
        "ご期待に沿えず申し訳ございませんが、何とぞご理解くださいますようお願いいたします。\n"
        "今後も、市民のためになるご提案をお待ちしております。引き続きよろしくお願いいたします。"
    ) % {"title": procedure.title}


def holding(procedure: Procedure) -> str:
    """A letter that asks for patience."""
    return _(
        "ご提案いただいた「%(title)s」の手続を、都合によりいったん保留とさせていただきます。\n"
        "お待たせして申し訳ございません。手続を再開するときに、あらためてご連絡いたします。\n"
        "ご不明な点がございましたら、窓口のページからお尋ねください。"
    ) % {"title": procedure.title}


def without_agreement(procedure: Procedure) -> str:
    """A letter that offers to work together without an agreement."""
    return _(
        "ご提案いただいた「%(title)s」について、庁内で検討いたしました。\n"
        "協定を結ばなくても進められる内容ですので、協定によらない連携として取り組ませていただきたいと存じます。\n"
        "具体的な進め方は、担当からあらためてご相談いたします。引き続きよろしくお願いいたします。"
    ) % {"title": procedure.title}
