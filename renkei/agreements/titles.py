"""What the title of an agreement says of its kind and form."""

from renkei.agreements.vocabulary import DocumentKind, Form

TITLE_WORDS: tuple[tuple[str, DocumentKind], ...] = (
    ("変更協定", DocumentKind.AMENDMENT),
    ("一部変更", DocumentKind.AMENDMENT),
    ("実施細目", DocumentKind.DETAILED_RULES),
    ("細則", DocumentKind.DETAILED_RULES),
    ("細目書", DocumentKind.DETAILED_RULES),
    ("覚書", DocumentKind.MEMORANDUM),
    ("申合せ", DocumentKind.UNDERSTANDING),
    ("申し合わせ", DocumentKind.UNDERSTANDING),
    ("申合わせ", DocumentKind.UNDERSTANDING),
    ("確認書", DocumentKind.CONFIRMATION),
    ("合意書", DocumentKind.CONSENT),
    ("協約", DocumentKind.COMPACT),
    ("基本協定", DocumentKind.BASIC_AGREEMENT),
    ("要綱", DocumentKind.GUIDELINE),
    ("要領", DocumentKind.GUIDELINE),
    ("宣言", DocumentKind.DECLARATION),
)


def document_kind(title: str) -> DocumentKind:
    """The kind of document that the title names; 協定書 where it names none."""
    return next((kind for word, kind in TITLE_WORDS if word in title), DocumentKind.AGREEMENT)


def form(title: str) -> Form:
    """The form that the title names; 個別 where it names none."""
    if "包括" in title:
        return Form.COMPREHENSIVE
    if "連携協約" in title or "定住自立圏" in title:
        return Form.STATUTORY
    return Form.INDIVIDUAL
