"""The demo town's divisions and people. Asahikawa's own words where its text gives them, plainly made up elsewhere."""

from dataclasses import dataclass
from datetime import date

from renkei.accounts.models import Role

CODE = "012041"
PASSWORD = "renkei-demo-2024"  # noqa: S105 – printed at every start; the demo town holds nothing secret
OPENED = date(2004, 4, 1)

SEED = "旭川市と民間企業等との連携協定について(旭川市、令和6年)"
ZOO_LIST = "旭川市旭山動物園 協定・覚書締結先一覧"
FURANO_LIST = "富良野市 防災協定締結先一覧(令和3年8月現在)"
RETAIL_NEWS = "小売業の報道(2018年)による締結先一覧"


@dataclass(frozen=True)
class DemoDivision:
    """A division of the demo town; `closed` and `successor` where it was reorganised."""

    key: str
    department: str
    name: str
    is_coordinating: bool = False
    opened: date = OPENED
    closed: date | None = None
    successor: str | None = None


DIVISIONS = (
    DemoDivision("coordination", "市民生活部", "地域活動推進課", is_coordinating=True),
    DemoDivision("old_disaster", "総務部", "防災対策課", closed=date(2019, 3, 31), successor="disaster"),
    DemoDivision("disaster", "防災安全部", "防災課", opened=date(2019, 4, 1)),
    DemoDivision("environment", "環境部", "環境総務課"),
    DemoDivision("waste", "環境部", "廃棄物政策課"),
    DemoDivision("zoo", "経済部", "旭山動物園"),
    DemoDivision("health", "保健所", "健康推進課"),
    DemoDivision("older", "福祉保険部", "長寿社会課"),
    DemoDivision("children", "子育て支援部", "子育て支援課"),
    DemoDivision("education", "学校教育部", "教育政策課"),
    DemoDivision("policy", "総合政策部", "政策調整課"),
    DemoDivision("tourism", "観光スポーツ部", "観光課"),
    DemoDivision("city", "地域振興部", "都市計画課"),
    DemoDivision("housing", "建築部", "建築総務課"),
    DemoDivision("fire", "消防本部", "総務課"),
    DemoDivision("water", "水道局", "経営企画課"),
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in to look at the demo town."""

    sign_in_name: str
    name: str
    role: Role
    division: str


PEOPLE = (
    DemoPerson("sokatsu", "見本 総子", Role.COORDINATOR, "coordination"),
    DemoPerson("bosai", "見本 防人", Role.RESPONSIBLE, "disaster"),
    DemoPerson("kankyo", "見本 環", Role.RESPONSIBLE, "environment"),
    DemoPerson("dobutsuen", "見本 園子", Role.RESPONSIBLE, "zoo"),
    DemoPerson("kanri", "見本 管理", Role.ADMINISTRATOR, "coordination"),
    DemoPerson("etsuran", "見本 閲", Role.READER, "policy"),
    DemoPerson("kansa", "見本 監査", Role.AUDITOR, "policy"),
)
