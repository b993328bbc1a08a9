"""The demo town's texts of agreements for disasters, as Word files; most have none, as in real towns."""

from datetime import date

from renkei.agreements.models import Agreement, Series
from renkei.agreements.services import attach
from renkei.demo.disaster_promises import PROMISES
from renkei.disasters.vocabulary import DisasterFunction
from renkei.documents.contents import AgreementText, Article, SigningParty
from renkei.documents.services import keep
from renkei.documents.word.writing import agreement_word
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import japanese_date

ATTACHED = {
    "災害時における応急対策業務に関する協定": (1, 2, 9),
    "災害時における物資の供給に関する協定": (1, 2, 5, 9, 17),
    "災害時における輸送業務の協力に関する協定": (1, 9),
    "災害時における燃料等の供給に関する協定": (1, 2),
}
"""Of which agreements of a group somebody has attached the text."""
TOGETHER = "福祉避難所の設置運営に関する協定"
"""The series whose one text is the text of all its agreements."""


def texts(town: Municipality, signed: dict[str, list[tuple[Agreement, Organisation]]]) -> None:
    """Attach the texts of some, and the common text of a series."""
    for title, numbers in ATTACHED.items():
        for number in numbers:
            agreement, partner = signed[title][number - 1]
            content = _word(title, town, partner.name, agreement.signed_on)
            attach(agreement, content, name=f"{title}（{partner.name}）.docx", actor=None)
    series = Series.objects.get(municipality=town, name=f"{TOGETHER}(同文)")
    common = keep(_word(TOGETHER, town, "（各法人）"), name=f"{TOGETHER}（共通）.docx", municipality=town)
    Series.objects.filter(pk=series.pk).update(document=common)


def _word(title: str, town: Municipality, partner: str, signed: date | None = None) -> bytes:
    promised = [one for one in PROMISES if one.title == title]
    helps = "、".join(dict.fromkeys(str(DisasterFunction(one.function).label) for one in promised))
    goods = "、".join(dict.fromkeys(one.goods for one in promised if one.goods)) or helps
    text = AgreementText(
        title=title,
        preamble=f"{town.name}（以下「甲」という。）と{partner}（以下「乙」という。）は、次のとおり協定を締結する。（見本）",
        articles=(
            Article("purpose", "目的", f"この協定は、災害時の{helps}について、必要な事項を定める。"),
            Article(
                "asking",
                "要請",
                f"甲は、災害時に、乙に対し、{goods}について協力を要請することができる。\n"
                "２　要請は文書により行う。ただし、急を要するときは口頭で行い、後に文書を提出する。",
            ),
            Article("cost", "費用の負担", "協力に要した費用は、甲が負担する。"),
            Article("contacts", "連絡体制", "甲及び乙は、連絡責任者を定め、毎年、相互に確認する。"),
        ),
        closing="この協定の成立を証するため、本書２通を作成し、甲乙が記名押印の上、各自その１通を保有する。",
        parties=(SigningParty("甲", town.name, "市長", True), SigningParty("乙", partner)),
    )
    return agreement_word(text, town=town.name, day=japanese_date(signed) if signed else "")
