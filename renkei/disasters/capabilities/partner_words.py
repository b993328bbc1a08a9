"""Words in the names of partners, and the function with which such a partner usually helps.

Asked only where nothing else says it: an agreement 「災害時の協力」 with a trucking association is about trucks.
"""

from renkei.disasters.vocabulary import DisasterFunction as F

PARTNERS: dict[str, tuple[str, ...]] = {
    F.MEDICAL: (
        "医師会", "歯科医師会", "薬剤師会", "看護協会", "助産師会", "柔道整復師会", "接骨師会", "鍼灸師会", "病院",
    ),
    F.ANIMALS: ("獣医師会",),
    F.TRANSPORT: ("トラック協会", "倉庫協会", "運送", "運輸", "物流", "バス協会", "タクシー", "ハイヤー"),
    F.FUEL: ("石油商業", "石油販売", "石油業", "プロパンガス協会", "LPガス協会", "エルピーガス協会"),
    F.FOOD_WATER: ("飲料", "ボトリング", "製パン", "米穀", "食品衛生協会"),
    F.DAILY_GOODS: ("生活協同組合", "スーパー", "ホームセンター", "コメリ災害対策センター", "商工会", "商工会議所"),
    F.EQUIPMENT: ("レンタル", "リース", "建設機械"),
    F.CIVIL_WORKS: ("建設業協会", "建設業協同組合", "建設協会", "建設業組合", "土木", "造園", "測量設計業協会"),
    F.UTILITIES: ("水道協会", "管工事", "電気工事", "電業協会", "電力", "送配電"),
    F.SECURITY: ("警備業協会", "警備保障"),
    F.PUBLIC_INFORMATION: ("放送", "エフエム", "ケーブルテレビ", "新聞"),
    F.SURVEY: ("郵便局", "日本郵便", "郵便事業"),
    F.WASTE: ("産業廃棄物", "環境整備", "清掃"),
    F.MORTUARY: ("葬祭", "冠婚葬祭", "霊柩"),
    F.VOLUNTEERS: ("社会福祉協議会", "青年会議所"),
    F.COUNSELLING: ("弁護士会", "司法書士会", "行政書士会", "土地家屋調査士会", "税理士会", "社会保険労務士会"),
    F.HOSTING: ("宅地建物取引業", "賃貸住宅", "不動産協会"),
    F.SHELTER: ("旅館", "ホテル", "大学", "高等学校"),
    F.HYGIENE: ("理容", "美容", "公衆浴場", "クリーニング"),
    F.COMMUNICATIONS: ("アマチュア無線", "電信電話"),
}  # fmt: skip
