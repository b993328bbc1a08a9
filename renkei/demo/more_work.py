"""More work of the demo town over four years: what partners of a kind usually do, with figures that differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from renkei.agreements.vocabulary import Side
from renkei.demo.sample_work import Done, Work
from renkei.initiatives.vocabulary import Publicity, ResultKind, ResultState

YEARS = (2022, 2023, 2024, 2025)


@dataclass(frozen=True)
class Usual:
    """What `count` partners under agreements of one title do each year, beginning with the one after `skips`.

    `says` is told with {n}, the figure of the year; `price` is (unit of value, yen, basis) of what is counted.
    """

    agreement: str
    title: str
    division: str
    field: str
    kind: ResultKind
    count: int
    says: str
    indicator: tuple[str, str]
    first: int
    step: int
    skips: int = 0
    month: int = 10
    partner_cost: int | None = None
    price: tuple[str, int, str] | None = None


K = ResultKind
# fmt: off
USUAL = (
    Usual("災害時における物資の供給に関する協定", "総合防災訓練への参加", "disaster", "disaster.preparedness", K.PEOPLE, 6,
          "総合防災訓練で物資の輸送を行い、{n}人が参加した。", ("参加した人数", "人"), 12, 3, month=8,
          partner_cost=30_000),
    Usual("災害時における応急対策業務に関する協定", "重機を使った救助の訓練", "disaster", "disaster.support", K.PEOPLE, 4,
          "重機を使った救助の訓練に{n}人が参加した。", ("参加した人数", "人"), 8, 2, month=9),
    Usual("災害時における放送の協力に関する協定", "災害時の放送の試験", "disaster", "disaster.support", K.INFORMATION, 2,
          "災害時の放送の試験を{n}回行った。", ("回数", "回"), 2, 1, month=1),
    Usual("防災に関する啓発の協力に関する協定", "防災の冊子の配布", "disaster", "disaster.preparedness", K.GOODS, 4,
          "店頭で防災の冊子を{n}部配った。", ("配布部数", "部"), 300, 25, month=9,
          price=("部", 120, "同じ冊子の印刷の単価(見本)")),
    Usual("福祉避難所の設置運営に関する協定", "福祉避難所を開く訓練", "older", "disaster.support", K.EVENT, 4,
          "福祉避難所を開く訓練を行い、{n}人が参加した。", ("参加した人数", "人"), 18, 2, month=11),
    Usual("マイバッグ推進・レジ袋削減に関する協定", "マイバッグの利用の呼び掛け", "waste", "environment.bags",
          K.INFORMATION, 6, "店頭の放送と掲示で呼び掛け、レジ袋の辞退率は{n}%だった。", ("レジ袋の辞退率", "%"), 78, 1,
          skips=1, month=3),
    Usual("廃棄物の処理に関する協定", "分別の出前講座", "waste", "environment.waste", K.EVENT, 3,
          "小学校で分別の出前講座を開き、{n}人が受講した。", ("受講者数", "人"), 60, 12, month=6),
    Usual("自然保全に関する協定", "里山の手入れ", "environment", "environment.nature", K.SERVICE, 4,
          "里山の下草刈りと植樹を行い、{n}人が参加した。", ("参加した人数", "人"), 22, 3, month=5),
    Usual("動物の研究・調査に関する協定", "動物の行動の共同調査", "zoo", "research.zoo", K.OTHER, 4,
          "共同調査の結果を{n}回発表した。", ("発表", "回"), 2, 1, month=2),
    Usual("高齢者等の見守りに関する協定", "配達のときの見守り", "older", "older_people.watch_over", K.SERVICE, 6,
          "配達のときに異変に気付き、{n}件を市に知らせた。", ("知らせた件数", "件"), 2, 1, skips=1, month=3),
    Usual("健康づくりの推進に関する協定", "健康講座への講師の派遣", "health", "health.promotion", K.PEOPLE, 4,
          "健康講座に講師を派遣し、{n}人が受講した。", ("受講者数", "人"), 40, 6, skips=2,
          price=("人", 800, "同じ講座の1人当たりの委託料(見本)")),
    Usual("がん検診の受診促進に関する協定", "窓口でのがん検診の案内", "health", "health.promotion", K.INFORMATION, 3,
          "店舗の窓口でがん検診の案内を{n}枚配った。", ("配布枚数", "枚"), 400, 50, month=9),
    Usual("教育・人材育成の連携に関する協定", "学生による放課後の学習支援", "education", "education", K.PEOPLE, 4,
          "学生が小学校で放課後の学習を支え、延べ{n}人が活動した。", ("活動した学生(延べ)", "人"), 35, 5, month=12),
    Usual("観光の振興に関する協定", "駅での観光ポスターの掲出", "tourism", "tourism", K.PLACE, 3,
          "駅に観光ポスターを{n}枚掲げた。", ("掲出枚数", "枚"), 20, 2, month=7,
          price=("枚", 5_000, "駅の広告料の定価(見本)")),
    Usual("スポーツによる地域貢献に関する協定", "小学校でのスポーツ教室", "tourism", "sports", K.EVENT, 1,
          "小学校でスポーツ教室を開き、{n}人が参加した。", ("参加した人数", "人"), 90, 10, skips=1, month=10),
    Usual("消防相互応援協定", "合同の消防訓練", "fire", "fire", K.EVENT, 2,
          "合同の消防訓練に{n}人が参加した。", ("参加した人数", "人"), 40, 4, month=6),
)
# fmt: on


def usual_work() -> Iterator[tuple[str, int, Work]]:
    """Title of the agreement, which one of those with that title, and its work."""
    for place, usual in enumerate(USUAL):
        for number in range(1, usual.count + 1):
            yield usual.agreement, usual.skips + number, _work(place, usual, number)


def _work(place: int, usual: Usual, number: int) -> Work:
    """Every third partner began later and was not heard of in one year."""
    years = YEARS if number % 3 else YEARS[1:3]
    return Work(
        title=usual.title,
        division=usual.division,
        field=usual.field,
        begins_on=date(years[0], 4, 1),
        years=(*years, *((2026,) if number % 3 else ())),
        indicators=(usual.indicator,),
        aims=tuple((year, usual.first + usual.step) for year in years),
        done=tuple(_done(place, usual, number, year) for year in years),
    )


def _done(place: int, usual: Usual, number: int, year: int) -> Done:
    figure = usual.first + usual.step * ((number * 3 + year - YEARS[0] + place) % 7)
    unit, yen, basis = usual.price or ("", 0, "")
    state, publicity = _state(place + number, year)
    return Done(
        year,
        _day(usual.month, year, place + number),
        f"{usual.says.format(n=f'{figure:,}')}(見本)",
        usual.kind,
        figures=(figure,),
        partner_cost=usual.partner_cost,
        price=(figure, unit, yen, basis) if usual.price else None,
        state=state,
        publicity=publicity,
        side=Side.PARTNER if number % 4 == 1 else Side.TOWN,
    )


def _state(turn: int, year: int) -> tuple[ResultState, Publicity]:
    """Earlier years are confirmed and public; of the later ones some wait, and a few were sent back."""
    if year == 2022 or (year == 2023 and turn % 2):
        return ResultState.CONFIRMED, Publicity.PUBLISHED
    if year == 2023:
        return ResultState.CONFIRMED, Publicity.PROPOSED if turn % 4 else Publicity.INTERNAL
    if turn % 9 == 0:
        return ResultState.SENT_BACK, Publicity.INTERNAL
    if turn % 3 == 0:
        return ResultState.REPORTED, Publicity.INTERNAL
    return ResultState.CONFIRMED, Publicity.PUBLISHED if year == 2024 else Publicity.INTERNAL


def _day(month: int, year: int, turn: int) -> date:
    """A day of the fiscal year."""
    return date(year if month > 3 else year + 1, month, 1 + turn * 5 % 27)
