"""Partners that a title names for certain, and titles that leave doubt."""

import pytest

from renkei.rules.title_partners import partners_in_title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("旭川市と酪農学園大学の包括的な連携と協力に関する協定", ["旭川市", "酪農学園大学"]),
        ("共同活動に関する綾瀬市と米海軍厚木航空施設司令部との覚書", ["綾瀬市", "米海軍厚木航空施設司令部"]),
        ("災害時における大田区と東御市との間の相互応援に関する協定", ["大田区", "東御市"]),
        ("新潟県・富山県災害時の相互応援に関する協定", ["新潟県", "富山県"]),
        ("災害時の相互応援に関する協定書 (御殿場市)", ["御殿場市"]),
        ("災害支援協力に関する協定書\n(株式会社東海シジシー、トランコム株式会社)", ["株式会社東海シジシー", "トランコム株式会社"]),
        ("電気自動車を活用した地域課題解決に向けた日産自動車株式会社との包括連携協定書", ["日産自動車株式会社"]),
        ("災害発生時における山北町内4郵便局と山北町の協力に関する協定書", ["山北町内4郵便局", "山北町"]),
        ("災害時における四国化成工業株式会社施設の利用に関する協定書", ["四国化成工業株式会社"]),
    ],
)  # fmt: skip
def test_a_title_that_names_the_partner_gives_it(title, expected):
    assert [partner.name for partner in partners_in_title(title).partners] == expected


@pytest.mark.parametrize(
    "title",
    [
        "災害時における医療・医薬品に関する協定",
        "福祉避難所(要援護者)に関する協定",
        "7都県市(東京、千葉)災害時相互応援に関する協定(既存協定)",
        "災害応急対策活動の相互応援に関する協定(義士協定)",
        "災害時における北海道及び市町村相互の応援に関する協定",
        "町田市と大学との包括連携協定",
        "道の駅「230ルスツ」の防災拠点化に関する協定",
        "防災協定書の一部変更に関する覚書(平成20年4月1日)",
    ],
)
def test_a_title_that_leaves_doubt_gives_none(title):
    assert partners_in_title(title).partners == ()


def test_a_bracket_that_only_names_the_partner_leaves_the_title():
    assert partners_in_title("応援給水に関する覚書(神奈川県企業庁)").title == "応援給水に関する覚書"
