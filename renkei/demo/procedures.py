"""The demo town's procedures: some at every step, and each way in which one can end, walked on fixed days."""

from dataclasses import replace
from datetime import date

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.demo import wishes
from renkei.demo.proposers import Wish, at, proposers
from renkei.demo.running import running
from renkei.demo.walking import Cast, Walk, received, written
from renkei.municipalities.models import Municipality
from renkei.municipalities.post import no_letters
from renkei.procedures.course import Course
from renkei.procedures.services.arrange import arrange
from renkei.procedures.services.begin import Begun, begin_about
from renkei.procedures.services.move import move
from renkei.procedures.vocabulary import Kind, Stage

CONFIRMED = date(2025, 4, 1)
WANTED = (
    "次のような連携を求めています。(見本)\n"
    "・夏の暑さから市民を守る取組(涼める場所、声かけ、啓発)\n"
    "・高齢者の移動と買い物を支える取組\n"
    "・冬の除雪と、空き家の見守り\n"
    "・災害時に避難所で使う物資と電源の提供"
)
DISASTER_DRILL = "災害時における物資の供給に関する協定"


def procedures(town: Municipality, divisions: dict[str, int]) -> None:
    """Everything about procedures, in the order in which it came.

    It is a past that is written down afterwards: no letter waits in the outbox for the first mail server.
    """
    with no_letters():
        _all(town, divisions)


def _all(town: Municipality, divisions: dict[str, int]) -> None:
    coordinator = User.objects.of(town).get(sign_in_name="sokatsu")
    cast = Cast(town, divisions, proposers(town, coordinator, at(CONFIRMED)))
    arrange(town, course=Course(), wanted=WANTED, takes_proposals=True, seen=0, by=coordinator)
    _concluded(cast)
    _ended(cast)
    running(cast)
    _about_agreements(cast)
    _drafts(cast)


def _concluded(cast: Cast) -> None:
    """Three that came to a signature, so that the steps have usual durations."""
    walk = received(cast, 1, wishes.MILK, "milk", date(2025, 4, 7))
    walk.first_step(date(2025, 4, 15), "education", "費用は相手方が負担する。授業の教材も用意できる。(見本)")
    walk.second_step(date(2025, 4, 16), date(2025, 4, 30), ("education",))
    walk.third_step(date(2025, 5, 20), [["牛乳の出前授業(年10回)", "工場見学の受入れ"]], ["education"])
    walk.fourth_step(date(2025, 6, 2))
    walk.fifth_step(date(2025, 6, 3), date(2025, 6, 19))
    kana = "あさひかわしとみほんにゅうぎょうかぶしきがいしゃとのがっこうとちいきでのしょくいくのすいしんにかんするれんけいきょうてい"
    walk.sixth_step(date(2025, 6, 24), date(2025, 7, 8), "旭教政第31号(見本)", kana)

    walk = received(cast, 2, wishes.BANK, "bank", date(2025, 8, 4))
    walk.first_step(
        date(2025, 8, 13), "coordination", "市内の全店で取り組める。(見本)", form=Form.COMPREHENSIVE
    )
    walk.second_step(date(2025, 8, 18), date(2025, 9, 5), ("older", "tourism"))
    walk.third_step(
        date(2025, 10, 7), [["創業相談会の共催(年4回)"], ["訪問先での見守り"]], ["tourism", "older"]
    )
    walk.fourth_step(date(2025, 10, 24))
    walk.fifth_step(date(2025, 10, 27), date(2025, 11, 20))
    kana = "あさひかわしとみほんちゅうおうしんようきんことのちいきけいざいのかっせいかなどにかんするほうかつれんけいきょうてい"
    walk.sixth_step(date(2025, 11, 28), date(2025, 12, 17), "旭地活第58号(見本)", kana)

    walk = received(cast, 3, wishes.REHA, "reha", date(2026, 2, 2))
    walk.first_step(date(2026, 2, 12), "older", "学生の実習の一部として行う。(見本)")
    walk.second_step(date(2026, 2, 13), date(2026, 2, 27), ("older",))
    walk.third_step(date(2026, 3, 19), [["通いの場での体力測定(年6回)"]], ["older"])
    walk.fourth_step(date(2026, 4, 2))
    walk.fifth_step(date(2026, 4, 3), date(2026, 4, 22))
    kana = "あさひかわしとがっこうほうじんみほんりはびりてーしょんがくいんとのかよいのばでのかいごよぼうにかんするれんけいきょうてい"
    walk.sixth_step(date(2026, 4, 28), date(2026, 5, 21), "旭長寿第12号(見本)", kana)


def _ended(cast: Cast) -> None:
    """Each way in which a procedure ends without a signature."""
    day = date(2026, 6, 12)
    walk = received(cast, 4, wishes.SOLAR, "solar", date(2026, 6, 1))
    walk.hear(day, "市の広報での製品の紹介が目的である。(見本)", way="電話")
    move(
        walk.procedure,
        "decline",
        Stage.DECLINED,
        by=walk.clerk,
        at=at(day, 16),
        reason="特定の商品の宣伝になり、公平性の点検を満たさない。",
        letter="ご提案をありがとうございました。市の広報で特定の製品を紹介することはできないため、"
        "今回は見送らせていただきます。太陽光発電の出前講座など、別の形のご提案をお待ちしています。(見本)",
    )

    day = date(2026, 7, 3)
    walk = received(cast, 5, wishes.BOOKS, "books", date(2026, 6, 15))
    walk.first_step(date(2026, 6, 24), "education", "移動書店は月2回動かせる。(見本)")
    move(
        walk.procedure,
        "withdraw",
        Stage.WITHDRAWN,
        by=cast.correspondents["books"],
        at=at(day),
        reason="移動書店の車の都合がつかなくなったため、いったん取り下げます。(見本)",
    )

    day = date(2026, 7, 24)
    walk = received(cast, 6, wishes.APP, "app", date(2026, 7, 1))
    walk.first_step(date(2026, 7, 9), "waste", "無料で提供し、更新も相手方が行う。(見本)")
    inquiry = walk.inquire(date(2026, 7, 10), date(2026, 7, 22), ("waste",))
    walk.answer(inquiry, "waste", date(2026, 7, 21), ["takes_part"], initiatives="分別の一覧を毎年渡す")
    move(
        walk.procedure,
        "without_agreement",
        Stage.WITHOUT_AGREEMENT,
        by=walk.clerk,
        at=at(day, 16),
        reason="分別の一覧を渡すだけで始められ、協定を要しない。",
        letter="協定を結ばずに、すぐに始めたいと考えています。担当課から連絡します。(見本)",
    )


def _about_agreements(cast: Cast) -> None:
    """A change of one agreement and a renewal of another, begun by the town."""
    held = Agreement.objects.of(cast.town).in_force_on(date(2026, 11, 1)).filter(ending=None)
    milk = held.get(public_id="ag0000000001")
    supply = held.filter(title=DISASTER_DRILL, is_sample=True).order_by("public_id").first()
    assert supply
    begun = (
        (
            16,
            milk,
            Kind.RENEWAL,
            "食育の推進に関する連携協定の更新",
            "1年の実績を踏まえ、協議して更新する。(見本)",
        ),
        (17, supply, Kind.AMENDMENT, "物資の供給に関する協定の変更", "供給する品目に飲料水を加える。(見本)"),
    )
    for number, agreement, kind, title, purpose in begun:
        procedure = begin_about(
            agreement,
            Begun(kind, title, purpose),
            by=cast.people["sokatsu"],
            at=at(date(2026, 11, 16)),
            public_id=f"pp{number:010}",
        )
        Walk(cast, number, procedure, None)


def _drafts(cast: Cast) -> None:
    """Two proposals that their authors are still writing; the town does not see them."""
    for number, key, wish in ((18, "aircon", wishes.AIRCON), (19, "hanako", _second_wish())):
        written(cast, number, wish, key, date(2026, 11, 20))


def _second_wish() -> Wish:
    return replace(
        wishes.PHARMACY, title="スポーツ大会での熱中症の予防に関する連携", fields=("sports", "health")
    )
