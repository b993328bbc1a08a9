"""People of made-up partners who come to the demo town's counter, and what they propose."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from renkei.accounts.models import User
from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Municipality
from renkei.partners.models import PartnerKind


def at(day: date, hour: int = 10) -> datetime:
    """The day at an hour in Tokyo."""
    return datetime(day.year, day.month, day.day, hour - 9, tzinfo=UTC)


@dataclass(frozen=True)
class Proposer:
    """Somebody of a made-up partner; who has a password uses the one of all demo people."""

    key: str
    name: str
    company: str
    kind: PartnerKind = PartnerKind.COMPANY
    unit: str = "地域連携部"
    has_password: bool = False

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.key}@example.com"


EXAMPLE = "見本ウエルネス株式会社"
HANAKO = Proposer("hanako", "見本 花子", EXAMPLE, has_password=True)
JIRO = Proposer("jiro", "見本 次郎", EXAMPLE, unit="法務部", has_password=True)
PROPOSERS = (
    HANAKO,
    JIRO,
    Proposer("milk", "見本 乳子", "見本乳業株式会社", has_password=True),
    Proposer("bank", "見本 金太", "見本中央信用金庫", PartnerKind.FINANCE),
    Proposer("reha", "見本 歩", "学校法人見本リハビリテーション学院", PartnerKind.UNIVERSITY),
    Proposer("railway", "見本 鉄平", "見本観光鉄道株式会社"),
    Proposer("dairin", "見本 森人", "見本ペイント株式会社"),
    Proposer("insurance", "見本 保", "見本あんしん生命保険株式会社", PartnerKind.FINANCE),
    Proposer("drive", "見本 走", "見本モビリティ株式会社"),
    Proposer("sports", "見本 跳", "見本スポーツ用品株式会社"),
    Proposer("books", "見本 読子", "株式会社見本書房"),
    Proposer("solar", "見本 照", "見本ソーラー販売株式会社"),
    Proposer("app", "見本 応", "見本アプリ開発株式会社"),
    Proposer("market", "見本 市子", "見本スーパー協同組合", PartnerKind.COOPERATIVE),
    Proposer("pharmacy", "見本 薬", "見本ドラッグ株式会社"),
    Proposer("aircon", "見本 涼", "見本空調株式会社"),
)


@dataclass(frozen=True)
class Wish:
    """What somebody proposes; `more` are further lines of the form."""

    title: str
    fields: tuple[str, ...]
    items: tuple[str, ...]
    purpose: str
    initiatives: str
    form: str = "individual"
    more: dict[str, Any] = field(default_factory=dict)

    def lines(self, proposer: Proposer) -> dict[str, Any]:
        """The lines of the form, filled in."""
        return {
            "title": self.title,
            "partner_name": proposer.company,
            "partner_kind": proposer.kind.value,
            "address": "北海道旭川市見本通1丁目(見本)",
            "representative": "代表者 見本 太郎",
            "contact_name": proposer.name,
            "contact_unit": proposer.unit,
            "contact_phone": "0166-00-0000",
            "contact_email": proposer.email,
            "wished_form": self.form,
            "fields": list(self.fields),
            "purpose": self.purpose,
            "items": list(self.items),
            "initiatives": self.initiatives,
            "schedule": "準備ができ次第",
            "is_no_gang": True,
            "is_lawful": True,
            "is_no_charge": True,
            **self.more,
        }


def proposers(town: Municipality, clerk: User, confirmed: datetime) -> dict[str, Correspondent]:
    """The people by their keys, each under a confirmed address; accepted as a partner's they are later."""
    return {
        one.key: Correspondent.objects.create(
            municipality=town,
            public_id=f"co{number:010}",
            email=one.email,
            name=one.name,
            organisation_name=one.company,
            unit=one.unit,
            phone="0166-00-0000",
            password=clerk.password if one.has_password else "",
            confirmed_at=confirmed,
        )
        for number, one in enumerate(PROPOSERS, start=1)
    }
