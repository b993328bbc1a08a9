"""The demo town's running procedures: at least one at every step."""

from dataclasses import replace
from datetime import date

from renkei.agreements.vocabulary import Form, Side
from renkei.demo import wishes
from renkei.demo.proposers import at
from renkei.demo.returned import come_back
from renkei.demo.walking import PROPOSERS_BY_KEY, Cast, Walk, newest_text, received
from renkei.procedures.services.accepting import accept as accept_versions
from renkei.procedures.services.answering import ask_for_time
from renkei.procedures.services.commenting import Said, comment, resolve
from renkei.procedures.services.meetings import MeetingFacts, invite, write_meeting
from renkei.procedures.services.move import hold, move
from renkei.procedures.services.participants import add
from renkei.procedures.services.points import PointFacts, write_point
from renkei.procedures.services.questions import answer, ask
from renkei.procedures.services.reviewing import AskedReviewer
from renkei.procedures.services.taking import take_in
from renkei.procedures.vocabulary import Resolution, Source, Stage


def running(cast: Cast) -> None:
    """At least one at every step."""
    _on_hold(cast)
    _sent_back(cast)
    _signing(cast)
    _example(cast)
    _drafting(cast)
    _negotiation(cast)
    _coordination(cast)
    _proposed(cast)


def _on_hold(cast: Cast) -> None:
    walk = received(cast, 7, wishes.DRIVE, "drive", date(2026, 7, 6))
    walk.first_step(date(2026, 7, 15), "older", "車は3台、運転手は相手方が雇う。(見本)")
    hold(
        walk.procedure,
        until=date(2026, 12, 18),
        by=walk.clerk,
        at=at(date(2026, 8, 3)),
        reason="運行の許可の見通しを相手方が確かめている。",
        letter="運行の許可の見通しが分かるまで、手続を保留にします。分かりましたらお知らせください。(見本)",
    )


def _sent_back(cast: Cast) -> None:
    walk = received(cast, 8, wishes.INSURANCE, "insurance", date(2026, 7, 13))
    walk.first_step(
        date(2026, 7, 23), "coordination", "営業職員は市内に80人。(見本)", form=Form.COMPREHENSIVE
    )
    walk.second_step(date(2026, 7, 27), date(2026, 8, 17), ("health",))
    walk.third_step(
        date(2026, 9, 8),
        [["検診案内の配布"], ["訪問時の見守りと通報"], ["子育て情報誌の配布"]],
        ["health", "older", "children"],
    )
    text = walk.fourth_step(date(2026, 9, 25))
    one = walk.open_round(date(2026, 9, 28), date(2026, 10, 16))
    said = Said(version=text, clause="secrets", text="見守りで知った内容の扱いを、別の条にしてください。")
    comment(one, said, by=cast.correspondents["insurance"], at=at(date(2026, 10, 9)), public_id=walk.new_id())
    move(
        walk.procedure,
        "send_back",
        Stage.DRAFTING,
        by=walk.clerk,
        at=at(date(2026, 11, 16)),
        reason="見守りで知った個人の情報の扱いを、両者で決め直すため。",
    )
    come_back(walk, text, date(2026, 11, 19))


def _signing(cast: Cast) -> None:
    walk = received(cast, 9, wishes.PHARMACY, "pharmacy", date(2026, 7, 21))
    walk.first_step(date(2026, 7, 29), "health", "市内12店で5月から10月まで使える。(見本)")
    walk.second_step(date(2026, 7, 30), date(2026, 8, 14), ("health",))
    walk.third_step(date(2026, 9, 3), [["クーリングシェルターの開設(12店)", "薬剤師による相談"]], ["health"])
    walk.fourth_step(date(2026, 9, 18))
    walk.fifth_step(date(2026, 10, 22), date(2026, 11, 12))
    walk.approve(date(2026, 11, 17), "旭健推第77号(見本)")
    walk.plan_signing(date(2026, 11, 18), date(2026, 12, 10))


def _example(cast: Cast) -> None:
    """The six items and twenty initiatives of the town's own text, in a second round that is half accepted."""
    walk = received(cast, 10, wishes.EXAMPLE_WISH, "hanako", date(2026, 8, 3))
    walk.first_step(
        date(2026, 8, 12),
        "coordination",
        "熱中症対策の講座と資材は無償。災害時の物資は在庫の範囲。(見本)",
        form=Form.COMPREHENSIVE,
    )
    hanako, jiro = cast.correspondents["hanako"], cast.correspondents["jiro"]
    jiro.organisation = walk.procedure.organisation
    jiro.save(update_fields=["organisation"])
    hanako.refresh_from_db()
    add(walk.procedure, jiro, by=hanako, at=at(date(2026, 8, 17)))
    walk.second_step(
        date(2026, 8, 18), date(2026, 9, 4), ("health", "older", "children", "education", "disaster")
    )
    walk.third_step(date(2026, 10, 20), wishes.EXAMPLE_INITIATIVES, wishes.EXAMPLE_DIVISIONS)
    text = walk.fourth_step(date(2026, 11, 6))
    legal = AskedReviewer(side=Side.TOWN, user=cast.people["sokatsu2"], matter="法規")
    health = AskedReviewer(side=Side.TOWN, division=cast.divisions["health"], matter="担当課")
    one = walk.open_round(date(2026, 11, 9), date(2026, 11, 27), legal, health)
    costs = next(article for article in newest_text(walk.procedure).articles if article.key == "costs")
    wording = f"{costs.text}\n２　災害時に提供した物資の費用は、甲が負担する。"
    said = Said(version=text, clause="costs", text="物資の費用を明らかにしたいです。", proposed=wording)
    comment(one, said, by=jiro, at=at(date(2026, 11, 11)), public_id=walk.new_id())
    said = Said(version=text, clause="publication", text="公表の前に文を確かめる手順はありますか。")
    asked = comment(one, said, by=hanako, at=at(date(2026, 11, 12)), public_id=walk.new_id())
    resolve(
        asked,
        Resolution.ANSWERED,
        by=walk.clerk,
        at=at(date(2026, 11, 13)),
        answer="公表の3日前に案をお送りします。(見本)",
    )
    said = Said(
        version=text, clause="gangs", text="契約課の例文と同じ言い回しか確かめること。", is_internal=True
    )
    comment(one, said, by=cast.people["sokatsu2"], at=at(date(2026, 11, 13)), public_id=walk.new_id())
    for reviewer in one.reviewers.filter(user=cast.people["sokatsu2"]).select_related("round__procedure"):
        accept_versions(reviewer, one.digests, by=cast.people["sokatsu2"], at=at(date(2026, 11, 16)))


def _drafting(cast: Cast) -> None:
    """A text of which a second version was made from the first."""
    walk = received(cast, 11, wishes.PAINT, "dairin", date(2026, 8, 17))
    walk.first_step(date(2026, 8, 26), "environment", "塗料は1年に3か所分を寄付する。(見本)")
    walk.second_step(date(2026, 8, 27), date(2026, 9, 11), ("city",))
    walk.third_step(
        date(2026, 11, 13),
        [["公共施設の木部の塗装(年3か所)"], ["塗料の環境学習会"]],
        ["city", "environment"],
    )
    first = walk.write_text(date(2026, 11, 17))
    text = newest_text(walk.procedure)
    costs = "塗料と用具は乙が、足場と安全の確保は甲が負担する。"
    articles = tuple(
        replace(article, text=costs) if article.key == "costs" else article for article in text.articles
    )
    walk.write(replace(text, articles=articles), date(2026, 11, 24), first, "費用の分担を書き分けた。(見本)")


def _negotiation(cast: Cast) -> None:
    """包括 with a main field: its responsible division is the window."""
    walk = received(cast, 12, wishes.RAILWAY, "railway", date(2026, 9, 1))
    walk.first_step(
        date(2026, 9, 10),
        "tourism",
        "観光列車は冬も走らせる。(見本)",
        form=Form.COMPREHENSIVE,
        main_field="tourism",
    )
    walk.second_step(date(2026, 9, 14), date(2026, 10, 29), ("city", "environment"))
    day = date(2026, 11, 5)
    walk.meet(
        day,
        "観光列車は年20日。駅の観光案内所は市が人を出す。割引切符は次回に決める。(見本)",
        internal_notes="案内所の人件費は、補正で要求する見込み。",
    )
    items = list(walk.procedure.items.all())
    agreed = PointFacts(text="観光列車を年20日走らせる", is_agreed=True, item=items[0])
    write_point(walk.procedure, agreed, by=walk.clerk, at=at(day, 17), public_id=walk.new_id())
    theirs = PointFacts(
        text="割引切符の率と期間",
        item=items[1],
        owner_side=Side.PARTNER,
        owner="見本 鉄平",
        due_on=date(2026, 12, 4),
    )
    write_point(walk.procedure, theirs, by=walk.clerk, at=at(day, 17), public_id=walk.new_id())
    ours = PointFacts(
        text="沿線の植樹の場所",
        item=items[2],
        owner_side=Side.TOWN,
        owner_division=cast.divisions["environment"],
        due_on=date(2026, 11, 20),
        is_internal=True,
    )
    write_point(walk.procedure, ours, by=walk.clerk, at=at(day, 17), public_id=walk.new_id())
    planned = MeetingFacts(
        held_on=date(2026, 12, 8), time="午後1時30分", place="見本観光鉄道本社", agenda="割引切符・植樹"
    )
    meeting = write_meeting(
        walk.procedure, planned, by=walk.clerk, at=at(date(2026, 11, 10)), public_id=walk.new_id()
    )
    invite(meeting, by=walk.clerk, at=at(date(2026, 11, 10), 11))
    _questions(walk)


def _questions(walk: Walk) -> None:
    """One that was answered, and one of each side that waits."""
    procedure, author, clerk = walk.procedure, walk.author, walk.clerk
    assert author
    told = ask(
        procedure,
        "駅前広場は、催しに何日使えますか。",
        due_on=date(2026, 11, 13),
        by=author,
        at=at(date(2026, 11, 6)),
        public_id=walk.new_id(),
    )
    answer(told, "土日に限り、年30日まで使えます。(見本)", by=clerk, at=at(date(2026, 11, 9)))
    ours = "観光列車の運行の計画表をいただけますか。"
    theirs = "案内所の開所の時間は決まりましたか。"
    for text, by in ((ours, clerk), (theirs, author)):
        ask(
            procedure,
            text,
            due_on=date(2026, 12, 1),
            by=by,
            at=at(date(2026, 11, 16)),
            public_id=walk.new_id(),
        )


def _coordination(cast: Cast) -> None:
    """Three divisions answer differently, a fourth is late, a fifth asks for time."""
    walk = received(cast, 13, wishes.MARKET, "market", date(2026, 10, 5))
    walk.first_step(date(2026, 11, 5), "waste", "全店に回収箱を置ける。配る先は市に相談したい。(見本)")
    inquiry = walk.inquire(
        date(2026, 11, 6), date(2026, 11, 20), ("waste", "health", "children", "older", "education")
    )
    walk.answer(
        inquiry,
        "waste",
        date(2026, 11, 9),
        ["takes_part", "takes_part"],
        initiatives="食品ロスの量を店ごとに測る",
    )
    walk.answer(
        inquiry,
        "children",
        date(2026, 11, 12),
        ["under_conditions", "takes_part"],
        conditions="配る先の家庭の情報は渡せない。",
        initiatives="子ども食堂への橋渡し",
        remarks="子ども食堂とは、先に話しておきたい。(見本)",
    )
    walk.answer(
        inquiry, "health", date(2026, 11, 16), ["existing", "not"], conditions="食育月間の事業がある。"
    )
    late = inquiry.divisions.get(division=cast.divisions["education"])
    late.inquiry = inquiry
    ask_for_time(
        late,
        until=date(2026, 12, 4),
        by=cast.clerks["education"],
        at=at(date(2026, 11, 18)),
        reason="校長会の意見を聴いてから回答したい。",
    )


def _proposed(cast: Cast) -> None:
    """One heard by a clerk on the telephone, and one that has just come."""
    facts = wishes.AIRCON.lines(PROPOSERS_BY_KEY["aircon"])
    procedure = take_in(
        {**facts, "items": "避難所の暑さ対策に関すること", "contact_email": ""},
        source=Source.TELEPHONE,
        by=cast.people["sokatsu"],
        at=at(date(2026, 11, 9)),
        public_id="pc0000000014",
    )
    walk = Walk(cast, 14, procedure, None)
    walk.hear(date(2026, 11, 17), "冷房機は20台まで。運ぶ費用は相談したい。(見本)", way="電話")
    walk.know_partner(date(2026, 11, 17))
    received(cast, 15, wishes.SPORTS, "sports", date(2026, 11, 19))
