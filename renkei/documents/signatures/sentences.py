"""What is told of a signature, in plain words: three answers that do not stand for one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.documents.signatures.told import Changed, Intact, Signature, Trust
from renkei.rules.japanese_calendar import both_calendars, japanese_date

INTACT = {
    Intact.YES: gettext_lazy("署名した部分は、署名のときのままです。"),
    Intact.NO: gettext_lazy("署名した部分が、署名の後に変えられています。この文書を使わないでください。"),
    Intact.WEAK: gettext_lazy(
        "変わったところは見つかりませんが、弱い方式(%(method)s)の署名なので、変えられていないとは言い切れません。"
    ),
    Intact.UNREADABLE: gettext_lazy(
        "署名が壊れていて確かめられません。署名し直したものを受け取ってください。"
    ),
}
TRUST = {
    Trust.YES: gettext_lazy(
        "証明書は、信頼する認証局のものです(発行: %(issuer)s)。失効は、文書の中と登録した失効リストで確かめました。"
    ),
    Trust.NO_ROOTS: gettext_lazy(
        "信頼する認証局がこのシステムに登録されていないので、署名した人が本人かは分かりません。"
    ),
    Trust.UNKNOWN: gettext_lazy(
        "証明書が、登録した認証局につながりません(発行: %(issuer)s)。相手方に確かめてください。"
    ),
    Trust.SELF_SIGNED: gettext_lazy(
        "署名した人が自分で作った証明書です。本人かは証明書からは分かりません。相手方に確かめてください。"
    ),
    Trust.EXPIRED: gettext_lazy(
        "証明書の有効期間が過ぎています(%(valid_until)sまで)。署名のときに有効だったかは、信頼できるタイムスタンプがないと分かりません。"
    ),
    Trust.NOT_YET: gettext_lazy("証明書の有効期間がまだ始まっていません。相手方に確かめてください。"),
    Trust.REVOKED: gettext_lazy("証明書が失効しています。相手方に確かめ、署名し直してもらってください。"),
    Trust.NOT_FOR_SIGNING: gettext_lazy("署名に使うものではない証明書です。相手方に確かめてください。"),
    Trust.WEAK: gettext_lazy("弱い方式の証明書か署名なので、本人のものとは言い切れません。"),
    Trust.UNREADABLE: gettext_lazy("証明書を確かめられません。"),
}
CHANGED = {
    Changed.NO: gettext_lazy("署名の後に加えられたものはありません。"),
    Changed.ALLOWED: gettext_lazy(
        "署名の後に、許される追加(ほかの人の署名・タイムスタンプ・欄への記入)だけがあります。"
    ),
    Changed.OTHER: gettext_lazy(
        "署名の後に、許されない変更が加えられています。もとの文書を受け取ってください。"
    ),
    Changed.UNREADABLE: gettext_lazy("署名の後に加えられたものを確かめられません。"),
}
IN_A_WORD: Mapping[str, Mapping[str, object]] = {
    "intact": {
        Intact.YES: gettext_lazy("改ざんなし"),
        Intact.NO: gettext_lazy("改ざんあり"),
        Intact.WEAK: gettext_lazy("改ざんなし(弱い方式)"),
        Intact.UNREADABLE: gettext_lazy("署名が壊れている"),
    },
    "trust": {
        Trust.YES: gettext_lazy("証明書は確か"),
        Trust.EXPIRED: gettext_lazy("証明書は期限切れ"),
        Trust.REVOKED: gettext_lazy("証明書は失効"),
    },
    "changed": {
        Changed.NO: gettext_lazy("署名後の追記なし"),
        Changed.ALLOWED: gettext_lazy("許される追記だけ"),
        Changed.OTHER: gettext_lazy("許されない追記あり"),
        Changed.UNREADABLE: gettext_lazy("追記は分からない"),
    },
}
OTHER_TRUST = gettext_lazy("証明書は確かめられない")
GOOD = {
    "intact": (Intact.YES,),
    "trust": (Trust.YES,),
    "changed": (Changed.NO, Changed.ALLOWED),
}
BAD = {
    "intact": (Intact.NO, Intact.UNREADABLE),
    "trust": (Trust.REVOKED,),
    "changed": (Changed.OTHER,),
}


@dataclass(frozen=True)
class Answer:
    """One of the three answers: in a word, in a sentence, and how it looks (good, unclear, bad)."""

    word: str
    sentence: str
    look: str


@dataclass(frozen=True)
class ToldSignature:
    """A signature as a page shows it."""

    title: str
    facts: Sequence[tuple[str, str]]
    answers: Sequence[Answer]

    @property
    def is_bad(self) -> bool:
        """Whether an answer must not be overlooked."""
        return any(answer.look == "bad" for answer in self.answers)


def told(signature: Signature) -> ToldSignature:
    """The signature in words, in the reader's language."""
    name = signature.signer or _("署名者の分からない署名")
    kind = _("タイムスタンプ: %(name)s") if signature.is_timestamp else _("%(name)sの電子署名")
    return ToldSignature(kind % {"name": name}, _facts(signature), _answers(signature))


def _answers(signature: Signature) -> list[Answer]:
    fill = {
        "method": signature.method.upper().replace("SHA1", "SHA-1"),
        "issuer": signature.issuer or "—",
        "valid_until": _day(signature.valid_until),
    }
    asked = (
        ("intact", signature.intact, INTACT[Intact(signature.intact)]),
        ("trust", signature.trust, TRUST[Trust(signature.trust)]),
        ("changed", signature.changed, CHANGED[Changed(signature.changed)]),
    )
    return [
        Answer(str(IN_A_WORD[name].get(state, OTHER_TRUST)), str(sentence) % fill, _look(name, state))
        for name, state, sentence in asked
    ]


def _look(name: str, state: str) -> str:
    return "good" if state in GOOD[name] else "bad" if state in BAD[name] else "unclear"


def _facts(signature: Signature) -> list[tuple[str, str]]:
    stamp = _time(signature.stamped_at)
    if stamp and not signature.is_stamp_trusted:
        stamp += _("(登録した認証局につながらないタイムスタンプ)")
    pairs = [
        (_("組織"), signature.organisation),
        (_("署名者が言う日時"), _time(signature.claimed_at)),
        (_("タイムスタンプ"), " ".join(filter(None, [stamp, signature.stamped_by]))),
        (_("理由"), signature.reason),
        (_("証明書の期限"), _day(signature.valid_until)),
    ]
    return [(name, value) for name, value in pairs if value]


def _moment(told_at: str) -> datetime | None:
    return timezone.localtime(datetime.fromisoformat(told_at)) if told_at else None


def _time(told_at: str) -> str:
    moment = _moment(told_at)
    return f"{both_calendars(moment.date())} {moment:%H:%M}" if moment else ""


def _day(told_at: str) -> str:
    moment = _moment(told_at)
    return japanese_date(moment.date()) if moment else ""
