"""Agreements' texts in domain words, for what is written, printed and compared."""

from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty

GOODS = AttachedTable(
    "goods", "別表第１（第２条関係）", (("品目", "数量"), ("飲料水（500ml）", "1,000本"), ("毛布", "200枚"))
)
PARTIES = (
    SigningParty("甲", "見本市", "見本市長　見本　一郎", is_town=True, address="見本市七条通１番地"),
    SigningParty("乙", "見本製薬株式会社", "代表取締役　見本　花子", address="見本市駅前２番３号"),
    SigningParty("丙", "見本大学", "学長　髙橋　﨑子"),
    SigningParty("丁", "一般社団法人見本協会", "会長　𠮷野　三郎"),
)


def a_full_text(parties: int = 4) -> AgreementText:
    """Everything that an agreement can have: paragraphs, items, their items, an article without a heading, a table."""
    return AgreementText(
        title="災害時における物資の供給に関する協定書",
        preamble="見本市（以下「甲」という。）ほか三者は、次のとおり協定を締結する。",
        articles=(
            Article("purpose", "目的", "この協定は、災害時の物資の供給について定める。"),
            Article(
                "items",
                "連携事項",
                "甲及び乙は、次の事項について協力する。\n（１）物資の供給\n（２）次の輸送\nア　緊急輸送\n２　品目は、別表第１のとおりとする。",
            ),
            Article("alone", "", "見出しのない条もある。"),
            Article("talks", "協議", "この協定に定めのない事項は、協議して定める。"),
        ),
        closing="この協定の成立を証するため、本書４通を作成し、各自１通を保有する。",
        parties=PARTIES[:parties],
        tables=(GOODS,),
    )


def a_long_text(articles: int = 20) -> AgreementText:
    """A text of many articles, over several pages, with a table over two."""
    found = tuple(
        Article(
            f"a{place}",
            f"見出し{place}",
            f"甲及び乙は、事項{place}について協議して定める。\n２　前項の協議は、書面により行う。",
        )
        for place in range(articles)
    )
    rows = (("品目", "数量"), *((f"物資{place}", f"{place}個") for place in range(60)))
    return AgreementText(
        "協定書", "前文。", found, "結び。", PARTIES[:2], (AttachedTable("t", "別表", rows),)
    )


HOSTILE = (
    "NUL\0と\x01\x08\x0b\x0c\x1b\x7f\x85制御文字", "片割れ\ud842の字", "終わりの\ufffe\uffff", "行\u2028段\u2029落",
    "<w:p>&amp;]]></w:t>", "{{ 相手方の名称 }}", "=1+1", "𠮷野家 髙橋 﨑 葛\U000e0100", "㈱㋿㍿㌔ｶﾞ が 〜～−－ー",
    "\u202e逆さ", "👨\u200d👩\u200d👧", "\ufeff先頭", "a\tb\r\nc\rd", "%n%s%x", "'; DROP TABLE", "ﷺ" * 3,
)  # fmt: skip
"""Letters that programs stumble over; what a paper cannot show is named, and nothing else is lost."""
