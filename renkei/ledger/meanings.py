"""What a column of a ledger can mean, and the header words that towns use for it."""

import re
from functools import lru_cache

from renkei.rules.cells import plain

MEANINGS: dict[str, str] = {
    "title": "協定名",
    "partners": "相手方",
    "first_party": "甲",
    "second_party": "乙・丙",
    "signed": "締結日",
    "latest_signed": "最新の締結日・改定日",
    "division": "担当課",
    "department": "担当部",
    "category": "分野・区分",
    "flag": "分野の○印",
    "purpose": "目的・内容",
    "items": "連携事項",
    "term": "期間・更新",
    "signatory": "代表者",
    "contact": "窓口・連絡先(公開しない)",
    "address": "所在地",
    "results": "実績",
    "notes": "備考",
    "other": "そのほか(備考に残す)",
    "number": "番号",
    "page": "頁",
    "count": "件数",
    "municipality": "自治体",
    "ignored": "読まない",
}

SINGLE = ("title", "partners", "signed", "latest_signed", "division", "department")
"""Meanings that one column of a table has; a second candidate becomes something else."""

WORDS: tuple[tuple[str, str, int], ...] = (
    ("number",
     r"(?:no\.?|№|番号|連番|通し番号|通番|整理番号|管理番号|協定番号|項番|項目番号|順番|順|#|id|"
     r"資料(?:番号|no\.?|№)|文書番号|通し(?:no\.?)?|件番|コード)", 95),
    ("page", r"(?:掲載|資料)?(?:頁|ページ|ぺージ|page|p\.?)(?:数|番号)?", 95),
    ("latest_signed", r".*(?:最新|最終|直近|改定|改正|改訂|更新|変更|再締結)(?:の)?(?:協定)?(?:締結|改定|改正|改訂|更新|変更)?(?:年月日|月日|年月|日)", 92),
    ("signed",
     r"(?:協定|覚書|契約)?(?:書)?(?:の)?(?:初度|初回|当初|最初の?|新規)?(?:協定)?(?:締結|協定|調印|締約|契約|施行)(?:年月日|月日|"
     r"年月|日付|年度|年|日|時期)", 96),
    ("signed", r"(?:初度|初回|当初|最初の?|新規)(?:協定)?(?:締結)?(?:年月日|月日|年月|日)?", 94),
    ("signed", r"(?:締結|年月日|日付|年月|月日|期日|締結等年月日|協定締結|協定等締結日|締結の?日|施行日|登録日|登録年月日)", 88),
    ("signed", r".*(?:締結(?:年月)?日|締結年月).*", 78),
    ("term",
     r"(?:協定|有効|契約|存続|実施)?(?:の)?(?:有効)?(?:期間|期限|更新|終期|満了日|有効期限)(?:等|・更新|及び更新|の定め|更新|終了日)*|"
     r"自動更新(?:の有無|条項)?|更新(?:方法|条項|の有無|条件|規定)?|終了日|満期", 92),
    ("department", r"(?:担当|所管|主管|所属|関係)?(?:部局|部)(?:名|等)?|部局名?", 90),
    ("division",
     r"(?:担当|所管|主管|所属|主務|関係|取扱|事務局)(?:部)?(?:課|課室|課所|部署|部課|所属|係|室|部局|部局課|課等|課係|機関)(?:名|等)?|"
     r"(?:課|課室|部署|部課|係|課所|室課|所属)名?|所管|担当|主管|事務局|主管部署|担当部課室", 90),
    ("contact", r".*(?:窓口|連絡先|電話|tel|℡|fax|ファックス|メール|e-?mail|要請先|連絡方法|内線|担当者).*", 88),
    ("signatory", r"(?:代表者|代表|署名者|代表者職(?:・|及び)?氏名|役職|職(?:・)?氏名|氏名|代表者名|代表者等)(?:名|職名|氏名|職氏名)?", 90),
    ("address", r"(?:.*(?:所在地|住所|所在|本社所在地).*|都道府県名?|所在市町村)", 88),
    ("results", r".*(?:実績|成果|活動状況|取組状況|取り組み状況|実施状況|訓練|発動状況|評価)(?:等)?", 86),
    ("count", r"(?!相手|協定先|締結先).*(?:件数|店舗数|団体数|事業者数|数量数?|人数|個数|箇所数|社数|参加数|計)(?:の書き方)?", 86),
    ("notes", r"備考(?:欄|等)?|摘要|注記?|注釈|特記(?:事項)?|メモ|その他(?:特記)?事項|コメント|補足", 92),
    ("title", r"(?:協定|覚書)(?:書|等|・覚書|書等|・覚書等|書・覚書|または覚書|及び覚書)*(?:の)?(?:名|名称|件名|名等|題名|表題|タイトル)", 98),
    ("title",
     r"(?:連携|災害)?(?:協定|覚書)(?:書|・覚書|・覚書等|書等|書・覚書等?|等|書名|等名|等名称)?|(?:資料|文書|件|題|協定文書|締結文書|案件|"
     r"事業連携|書類)(?:名|名称)|件名|題名|表題|タイトル|資料名\(協定\)|協定等(?:の)?名称?|協定書等(?:の)?名称?|締結協定名?|締結している協定", 90),
    ("title", r".*協定(?:書)?(?:等)?(?:の)?名(?:称)?.*", 85),
    ("partners",
     r"(?:協定|連携|締結|契約|応援|覚書|提携|協力|相互応援|支援)*(?:書)?(?:の)?(?:等)?(?:締結|提携|"
     r"連携)?(?:している)?(?:の)?(?:相手方?|先|相手先|相手側|先名|相手方名|相手方等)(?:名称?|団体名?|等|の名称|方名称?|先名称?|団体等|"
     r"企業名?|自治体名?|事業者名?|機関名?|名等)?", 96),
    ("partners",
     r"(?:協定|締結|連携|協力|参加|賛同|登録|応援|相手|提携|対象|関係|構成|協定締結|協定参加|協定賛同|包括連携|協力協定|当該)+(?:者|企業|団体|"
     r"事業者|事業所|法人|自治体|市町村?|都市|市|機関|店|店舗|会社|社|業者|組織|大学|施設|校|先企業)(?:等)?(?:の)?(?:名称?|一覧)?", 94),
    ("partners",
     r"(?:事業者|事業所|企業|団体|法人|会社|自治体|市町村|市町|都市|機関|組織|大学|学校|施設|店舗|業者|商店|区市町村|市区町村|相手|地域|当事者|"
     r"提携都市|社|医療機関|県|都道府県|協力店)(?:等)?(?:の)?(?:名称?)?", 80),
    ("title", r"名称|名前|名", 60),
    ("partners", r"名称|名前|名", 50),
    ("partners", r"(?:提供先|姉妹|友好|パートナー).*", 72),
    ("signed", r".*(?:結んだ|締結した|締結の)(?:年月)?日", 80),
    ("partners", r"(?:.*相手(?:方|先|団体|企業).*|.*(?:締結先|協定先|連携先|協力先).*|.*協定.*締結.*(?:事業者|企業|団体|法人).*|乙及び丙)", 82),
    ("first_party", r"甲", 92),
    ("second_party", r"[乙丙丁]", 92),
    ("category",
     r"(?:協定|連携|災害|支援|応援|応援協力|業務|活動|協力)?(?:の)?(?:分野|種別|区分|分類|カテゴリー?|種類|項目|大項目|中項目|小項目|大分類|"
     r"中分類|小分類|ジャンル|類型|分野別|テーマ|分野名|区分名|形態)(?:名|等)?|機能|対策部", 90),
    ("items", r"(?:連携|協力|協定|支援|主な連携|連携協力|取組|主な取組)(?:の)?(?:事項|項目|分野・事項)(?:等)?", 88),
    ("purpose", r".*(?:目的|内容|概要|趣旨|要旨|業務|事業内容|支援物資|提供物資|物資|品目|応援の種類|活動内容|取組)(?:等|・概要|・目的)?", 84),
    ("flag",
     r"(?:職員派遣|物資供給|物資の?(?:供給|提供)|物資運搬(?:・輸送)?|輸送|医療救護|災害広報|広報|避難収容|避難所|ライフライン復旧|ライフライン|"
     r"応急復旧|その他|細目|見守り|物資|人的支援|医療|防災|情報|燃料|食料|飲料水|帰宅困難者?|福祉避難所)", 60),
    ("municipality", r"(?:市町村|自治体|市町|市区町村|区市町村|都道府県|本市|当市|団体)名?", 70),
    ("other",
     r"(?!相手|協定先|締結先)(?:年度|災害名|.*(?:根拠|業種|法人番号|対象災害|期待する効果|効果|課題|経緯|財源|負担|金額|報酬|"
     r"ホームページ|url|公開|店舗|面積|定員|原文).*)", 70),
)  # fmt: skip
_WORDS = tuple((slug, re.compile(pattern), weight) for slug, pattern, weight in WORDS)
_BRACKET = re.compile(r"\([^()]*\)")


def folded(text: str) -> str:
    """A header cell for comparing: half width, no blanks, small letters."""
    return plain(text).casefold()


@lru_cache(maxsize=8192)
def meanings_of(text: str) -> dict[str, int]:
    """How well the header words fit each meaning, 0 to 98."""
    whole = folded(text)
    if not whole or len(whole) > 60:
        return {}
    bare = _BRACKET.sub("", whole).strip("・:※*。■○●◆") or whole.strip("()")
    fitting = _fitting(bare) or _fitting(whole)
    return {slug: weight - 20 for slug, weight in fitting.items()} if len(bare) > 16 else fitting


def _fitting(text: str) -> dict[str, int]:
    fitting: dict[str, int] = {}
    for slug, pattern, weight in _WORDS:
        if pattern.fullmatch(text):
            fitting[slug] = max(fitting.get(slug, 0), weight)
    return fitting


def meanings_of_name(upper: str, lower: str) -> dict[str, int]:
    """The same for a header over two rows: the lower cell, or both together, or the upper one for want of better."""
    if not lower:
        return meanings_of(upper)
    for text in (lower, f"{lower}{upper}", f"{upper}{lower}"):
        if fitting := meanings_of(text):
            return fitting
    return {slug: weight - 10 for slug, weight in meanings_of(upper).items() if slug != "title"}
