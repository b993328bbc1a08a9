"""The demo town's agreements in groups: which text, in which field, how many in force on 1 June 2024."""

from dataclasses import dataclass

from renkei.agreements.vocabulary import Form
from renkei.partners.models import PartnerKind


@dataclass(frozen=True)
class Group:
    """One text signed with made-up partners; `recent` of them in the year up to 1 June 2024.

    `partner` names them with a number, as in 「見本建設{n}株式会社」; a series counts as one text.
    """

    title: str
    kana: str
    field: str
    division: str
    partner: str
    kind: PartnerKind
    count: int
    recent: int = 0
    form: Form = Form.INDIVIDUAL
    series: bool = False
    yearly: bool = True


K = PartnerKind
# fmt: off
DISASTER = (
    Group("災害時における応急対策業務に関する協定", "さいがいじにおけるおうきゅうたいさくぎょうむにかんするきょうてい",
          "disaster.support", "disaster", "見本建設{n}株式会社", K.COMPANY, 28, 2),
    Group("災害時における物資の供給に関する協定", "さいがいじにおけるぶっしのきょうきゅうにかんするきょうてい",
          "disaster.support", "disaster", "株式会社見本ストア{n}", K.COMPANY, 24, 3),
    Group("災害時における輸送業務の協力に関する協定", "さいがいじにおけるゆそうぎょうむのきょうりょくにかんするきょうてい",
          "disaster.support", "disaster", "見本運輸{n}株式会社", K.COMPANY, 12, 1),
    Group("災害時における医療救護活動に関する協定", "さいがいじにおけるいりょうきゅうごかつどうにかんするきょうてい",
          "disaster.support", "disaster", "見本{n}医師会", K.MEDICAL, 9, 0),
    Group("災害時における通信の確保に関する協定", "さいがいじにおけるつうしんのかくほにかんするきょうてい",
          "disaster.support", "disaster", "見本通信{n}株式会社", K.UTILITY, 8, 1),
    Group("災害時における燃料等の供給に関する協定", "さいがいじにおけるねんりょうとうのきょうきゅうにかんするきょうてい",
          "disaster.support", "disaster", "見本石油{n}株式会社", K.COMPANY, 9, 0),
    Group("災害時における水の供給に関する協定", "さいがいじにおけるみずのきょうきゅうにかんするきょうてい",
          "disaster.support", "water", "見本飲料{n}株式会社", K.COMPANY, 6, 1),
    Group("福祉避難所の設置運営に関する協定", "ふくしひなんじょのせっちうんえいにかんするきょうてい",
          "disaster.support", "older", "社会福祉法人見本{n}会", K.WELFARE, 14, 1, series=True),
    Group("災害時における相互応援に関する協定", "さいがいじにおけるそうごおうえんにかんするきょうてい",
          "disaster.support", "disaster", "見本{n}市", K.MUNICIPALITY, 13, 1, form=Form.MUTUAL_AID),
    Group("災害時における放送の協力に関する協定", "さいがいじにおけるほうそうのきょうりょくにかんするきょうてい",
          "disaster.support", "disaster", "見本放送{n}株式会社", K.MEDIA, 5, 0),
    Group("防災に関する啓発の協力に関する協定", "ぼうさいにかんするけいはつのきょうりょくにかんするきょうてい",
          "disaster.preparedness", "disaster", "見本生活協同組合{n}", K.COOPERATIVE, 9, 2),
)
ENVIRONMENT = (
    Group("マイバッグ推進・レジ袋削減に関する協定", "まいばっぐすいしん・れじぶくろさくげんにかんするきょうてい",
          "environment.bags", "waste", "株式会社見本マート{n}", K.COMPANY, 30, 1, form=Form.SCHEME, series=True),
    Group("公害防止に関する協定", "こうがいぼうしにかんするきょうてい",
          "environment.pollution", "environment", "見本工業{n}株式会社", K.COMPANY, 22, 1, form=Form.SCHEME, series=True),
    Group("廃棄物の処理に関する協定", "はいきぶつのしょりにかんするきょうてい",
          "environment.waste", "waste", "見本環境{n}株式会社", K.COMPANY, 15, 1),
    Group("自然保全に関する協定", "しぜんほぜんにかんするきょうてい",
          "environment.nature", "environment", "NPO法人見本の森{n}", K.NPO, 11, 1),
)
ZOO = (
    Group("動物の研究・調査に関する協定", "どうぶつのけんきゅう・ちょうさにかんするきょうてい",
          "research.zoo", "zoo", "見本{n}大学", K.UNIVERSITY, 6, 0),
    Group("動物園の連携に関する協定", "どうぶつえんのれんけいにかんするきょうてい",
          "research.zoo", "zoo", "見本市立動物園{n}", K.MUNICIPALITY, 5, 1),
    Group("海外の動物園との連携に関する合意書", "かいがいのどうぶつえんとのれんけいにかんするごういしょ",
          "research.zoo", "zoo", "見本国{n}動物園", K.FOREIGN, 3, 0),
)
OTHERS = (
    Group("高齢者等の見守りに関する協定", "こうれいしゃとうのみまもりにかんするきょうてい",
          "older_people.watch_over", "older", "見本配達{n}株式会社", K.COMPANY, 22, 4, form=Form.SCHEME, series=True),
    Group("健康づくりの推進に関する協定", "けんこうづくりのすいしんにかんするきょうてい",
          "health.promotion", "health", "見本生命保険{n}株式会社", K.FINANCE, 10, 2),
    Group("がん検診の受診促進に関する協定", "がんけんしんのじゅしんそくしんにかんするきょうてい",
          "health.promotion", "health", "見本{n}信用金庫", K.FINANCE, 4, 0),
    Group("教育・人材育成の連携に関する協定", "きょういく・じんざいいくせいのれんけいにかんするきょうてい",
          "education", "education", "学校法人見本学園{n}大学", K.UNIVERSITY, 10, 1),
    Group("子育て支援の協力に関する協定", "こそだてしえんのきょうりょくにかんするきょうてい",
          "children", "children", "見本子育て応援{n}の会", K.CITIZENS, 6, 1),
    Group("観光の振興に関する協定", "かんこうのしんこうにかんするきょうてい",
          "tourism", "tourism", "見本旅客鉄道{n}株式会社", K.COMPANY, 8, 1),
    Group("スポーツによる地域貢献に関する協定", "すぽーつによるちいきこうけんにかんするきょうてい",
          "sports", "tourism", "見本スポーツクラブ{n}", K.SPORTS, 3, 0),
    Group("空家対策の推進に関する協定", "あきやたいさくのすいしんにかんするきょうてい",
          "city.vacant_houses", "housing", "見本司法書士会{n}", K.PROFESSIONAL, 5, 1),
    Group("駅前広場の冬期維持管理に関する協定", "えきまえひろばのとうきいじかんりにかんするきょうてい",
          "city.snow", "city", "見本商店街振興組合{n}", K.CHAMBER, 4, 0),
    Group("植栽美化活動に関する協定", "しょくさいびかかつどうにかんするきょうてい",
          "city.greening", "city", "見本{n}町内会", K.CITIZENS, 5, 1),
    Group("市政情報の発信に関する協定", "しせいじょうほうのはっしんにかんするきょうてい",
          "public_information", "policy", "見本新聞{n}社", K.MEDIA, 3, 0),
    Group("消防相互応援協定", "しょうぼうそうごおうえんきょうてい",
          "fire", "fire", "見本{n}消防組合", K.MUNICIPALITY, 4, 0, form=Form.MUTUAL_AID),
    Group("包括連携協定", "ほうかつれんけいきょうてい",
          "regional", "coordination", "見本ホールディングス{n}株式会社", K.COMPANY, 9, 3, form=Form.COMPREHENSIVE),
)
GROUPS = DISASTER + ENVIRONMENT + ZOO + OTHERS
ENDED_BEFORE = (
    Group("災害時における食料の供給に関する協定", "さいがいじにおけるしょくりょうのきょうきゅうにかんするきょうてい",
          "disaster.support", "disaster", "見本食品{n}株式会社", K.COMPANY, 6, 0, yearly=False),
    Group("レジ袋の有料化に関する協定", "れじぶくろのゆうりょうかにかんするきょうてい",
          "environment.bags", "waste", "見本百貨店{n}株式会社", K.COMPANY, 5, 0, yearly=False),
)
SIGNED_AFTER = (
    Group("クーリングシェルターの協力に関する協定", "くーりんぐしぇるたーのきょうりょくにかんするきょうてい",
          "health.prevention", "health", "見本薬局{n}株式会社", K.COMPANY, 7, 0, form=Form.SCHEME, series=True),
    Group("災害時におけるドローンの活用に関する協定", "さいがいじにおけるどろーんのかつようにかんするきょうてい",
          "disaster.support", "disaster", "見本測量{n}株式会社", K.COMPANY, 4, 0),
)
# fmt: on
