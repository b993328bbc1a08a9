"""The columns of a campaign's sheet (調査票): their heads, what they hold, and who fills them."""

from dataclasses import dataclass

from renkei.initiatives.vocabulary import ResultKind

SOME = "あり"
NOTHING = "なし"
NAME = "調査票"
KINDS = {str(kind.label): kind for kind in ResultKind}
UNLISTED = "(一覧にない取組は、ここに名前を書いてください)"
"""Stands where an agreement has no initiative of the year: the name of what was done is written over it."""


@dataclass(frozen=True)
class Column:
    """A column; `key` is its name in our code, `is_filled` whether people write into it."""

    key: str
    head: str
    width: int
    is_filled: bool = False


KEY, RESULT = Column("line", "番号", 10), Column("result", "実績番号", 10)
TITLE = Column("title", "取組", 20)
ANSWER = Column("answer", "実績の有無", 7, is_filled=True)
DAY = Column("day", "行った日", 11, is_filled=True)
WHAT = Column("what", "行ったこと", 32, is_filled=True)
KIND = Column("kind", "種類", 12, is_filled=True)
FIGURES = Column("figures", "指標の値", 18, is_filled=True)
TOWN_COST = Column("town_cost", "市の費用(円)", 9, is_filled=True)
PARTNER_COST = Column("partner_cost", "相手方の費用(円)", 9, is_filled=True)
REASON = Column("reason", "実績なしの理由", 18, is_filled=True)
PROBLEMS = Column("problems", "確かめてください", 40)

COLUMNS = (
    KEY,
    RESULT,
    Column("agreement", "協定", 20),
    Column("partners", "相手方", 14),
    Column("item", "連携事項", 12),
    TITLE,
    Column("before", "昨年度の実績", 22),
    ANSWER,
    DAY,
    WHAT,
    KIND,
    FIGURES,
    TOWN_COST,
    PARTNER_COST,
    REASON,
)
NEEDED = (KEY, ANSWER, WHAT, REASON)
"""Without these heads a sheet is none of ours."""
FILLED = tuple(one.key for one in COLUMNS if one.is_filled)


def columns_for(*, is_partner: bool) -> tuple[Column, ...]:
    """The columns of a sheet; a partner is not asked what the town paid."""
    return tuple(one for one in COLUMNS if not (is_partner and one is TOWN_COST))
