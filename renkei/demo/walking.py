"""Walking procedures through their steps by the same services that people use, on given days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from renkei.accounts.models import User
from renkei.agreements.comparing import kept_facts
from renkei.agreements.models import Agreement
from renkei.agreements.services import edit
from renkei.agreements.vocabulary import Form, Side
from renkei.correspondents.models import Correspondent
from renkei.demo.proposers import PROPOSERS, Wish, at
from renkei.documents.contents import AgreementText, SigningParty
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import PartnerKind
from renkei.procedures.agreed import agreed_of
from renkei.procedures.models import DraftVersion, Inquiry, Procedure, Proposal, ReviewRound
from renkei.procedures.papers.agreed_text import agreed_paper
from renkei.procedures.register_facts import proposed_facts
from renkei.procedures.services.accepting import accept
from renkei.procedures.services.answering import ItemWords, answer
from renkei.procedures.services.checking import Finding, check
from renkei.procedures.services.closing import close, state_of
from renkei.procedures.services.conclude import conclude
from renkei.procedures.services.deciding import decide_window, write_new_partner
from renkei.procedures.services.drafting import write_list, write_text
from renkei.procedures.services.hearing import HearingFacts, write_hearing
from renkei.procedures.services.inquiring import inquire
from renkei.procedures.services.items import agree_on_item
from renkei.procedures.services.meetings import MeetingFacts, share, write_meeting
from renkei.procedures.services.move import move
from renkei.procedures.services.planning import InitiativePlan, plan_initiative
from renkei.procedures.services.receive import receive
from renkei.procedures.services.reviewing import AskedReviewer, open_round
from renkei.procedures.services.signing import approve, confirm_facts, keep_signed_copy, plan_signing
from renkei.procedures.vocabulary import DraftKind, SigningMethod, Source, Stage
from renkei.procedures.wording import TextFacts, chosen_at_first, first_text
from renkei.rules.term_wording import TermChoice

PROPOSERS_BY_KEY = {one.key: one for one in PROPOSERS}
FINE = Finding("fine")


class Cast:
    """Who is there: the town, its divisions by key, the clerk of each, and the partners' people."""

    def __init__(
        self, town: Municipality, divisions: dict[str, int], correspondents: dict[str, Correspondent]
    ) -> None:
        known = Division.objects.of(town).in_bulk(list(divisions.values()))
        self.town = town
        self.divisions = {key: known[pk] for key, pk in divisions.items()}
        self.people = {one.sign_in_name: one for one in User.objects.of(town)}
        self.correspondents = correspondents
        self.clerks = {
            "coordination": self.people["sokatsu"],
            "disaster": self.people["bosai"],
            "environment": self.people["kankyo"],
            "waste": self.people["haiki1"],
            "health": self.people["kenko1"],
            "older": self.people["choju1"],
            "children": self.people["kosodate1"],
            "education": self.people["kyoiku1"],
            "tourism": self.people["kanko2"],
            "city": self.people["toshi1"],
        }


class Walk:
    """One procedure on its way; each step is taken by the clerk of its window, or by the partner's person."""

    def __init__(self, cast: Cast, number: int, procedure: Procedure, author: Correspondent | None) -> None:
        self.cast, self.number, self.procedure, self.author = cast, number, procedure, author
        self.clerk = cast.people["sokatsu"]
        self.made = 0
        Procedure.objects.filter(pk=procedure.pk).update(is_sample=True)
        procedure.is_sample = True

    def new_id(self) -> str:
        """The next public id of something that belongs to the procedure; the same at every build."""
        self.made += 1
        return f"pr{self.number:05}{self.made:05}"

    def advance(self, to: Stage, on: date) -> None:
        """The next step."""
        move(self.procedure, "advance", to, by=self.clerk, at=at(on, 16))

    def hear(self, on: date, learned: str, *, way: str = "来庁") -> None:
        """What the town asked and learned."""
        facts = HearingFacts(
            held_on=on,
            way=way,
            learned=learned,
            asked="費用の負担、進め方、他の自治体での例",
            town_people="地域活動推進課 見本 総子",
            partner_people=self.procedure.proposal.contact_name,
        )
        write_hearing(self.procedure, facts, by=self.clerk, at=at(on, 15), public_id=self.new_id())

    def know_partner(self, on: date) -> None:
        """The proposer becomes a partner in the town's records, and the author its accepted person."""
        proposal = self.procedure.proposal
        facts = {"name": proposal.partner_name, "kind": proposal.partner_kind or PartnerKind.COMPANY}
        write_new_partner(
            self.procedure, facts, by=self.clerk, at=at(on, 15), accepts_author=proposal.author is not None
        )

    def give_to(self, key: str, on: date, *, form: Form = Form.INDIVIDUAL, main_field: str = "") -> None:
        """Form and window; from here on the window's clerk conducts it."""
        division = self.cast.divisions[key]
        decide_window(
            self.procedure, form=form, main_field=main_field, division=division, by=self.clerk, at=at(on, 15)
        )
        self.clerk = self.cast.clerks[key]

    def first_step(
        self, on: date, key: str, learned: str, *, form: Form = Form.INDIVIDUAL, main_field: str = ""
    ) -> None:
        """Everything that the first step asks for, and on to the second."""
        self.hear(on, learned)
        self.know_partner(on)
        self.give_to(key, on, form=form, main_field=main_field)
        self.advance(Stage.COORDINATION, on)

    def inquire(self, on: date, due_on: date, keys: Sequence[str]) -> Inquiry:
        """A question to divisions about all items."""
        return inquire(
            self.procedure,
            text="次の連携事項について、参加できるか、できる取組があるかを回答してください。(見本)",
            items=list(self.procedure.items.all()),
            divisions=[self.cast.divisions[key] for key in keys],
            due_on=due_on,
            by=self.clerk,
            at=at(on, 11),
            public_id=self.new_id(),
        )

    def answer(
        self,
        inquiry: Inquiry,
        key: str,
        on: date,
        verdicts: Sequence[str],
        *,
        conditions: str = "予算と人員の範囲に限る。",
        initiatives: str = "",
        remarks: str = "",
    ) -> None:
        """What a division says to each item, in the items' order."""
        asked = inquiry.divisions.get(division=self.cast.divisions[key])
        asked.inquiry = inquiry
        said = {
            item: ItemWords(
                verdict,
                "" if verdict == "takes_part" else conditions,
                initiatives if verdict in ("takes_part", "under_conditions") else "",
            )
            for item, verdict in zip(inquiry.items.all(), verdicts, strict=True)
        }
        clerk = self.cast.clerks[key]
        answer(asked, said, person=clerk.name, remarks=remarks, by=clerk, at=at(on, 14))

    def close(self, inquiry: Inquiry, on: date) -> None:
        """The answers are summed up; the first division that takes part answers for the items."""
        close(
            inquiry,
            summary="各課とも参加できる。条件は協議で相手方に伝える。(見本)",
            chosen=(),
            responsible={},
            seen=state_of(inquiry),
            by=self.clerk,
            at=at(on, 15),
        )

    def check(self, stage: Stage, on: date) -> None:
        """Nothing was found against it."""
        lines = self.procedure.checks.filter(stage=stage)
        check(self.procedure, {line.pk: FINE for line in lines}, by=self.clerk, at=at(on, 15))

    def second_step(self, first: date, last: date, keys: Sequence[str]) -> None:
        """Divisions take part, the checklist is filled in, and on to the talks."""
        inquiry = self.inquire(first, last, keys)
        for key in keys:
            self.answer(inquiry, key, last, ["takes_part"] * inquiry.items.count())
        self.close(inquiry, last)
        self.check(Stage.COORDINATION, last)
        self.advance(Stage.NEGOTIATION, last)

    def meet(self, on: date, minutes: str, *, internal_notes: str = "") -> None:
        """A meeting whose minutes the partner sees."""
        facts = MeetingFacts(
            held_on=on,
            time="午前10時",
            place="市役所 会議室",
            agenda="連携事項と役割の分担",
            town_people=self.clerk.name,
            partner_people=self.procedure.proposal.contact_name or self.procedure.partner_name,
            minutes=minutes,
            internal_notes=internal_notes,
        )
        meeting = write_meeting(self.procedure, facts, by=self.clerk, at=at(on, 16), public_id=self.new_id())
        share(meeting, by=self.clerk, at=at(on, 17))

    def agree_on_all(self, on: date) -> None:
        """Both sides agree on every item."""
        for item in self.procedure.items.filter(dropped_reason="", is_agreed=False):
            item.procedure = self.procedure
            agree_on_item(item, True, by=self.clerk, at=at(on, 16))

    def plan(self, titles: Sequence[Sequence[str]], keys: Sequence[str]) -> None:
        """Initiatives under the items, each with the division that answers for it."""
        for item, key, listed in zip(self.procedure.items.all(), keys, titles, strict=True):
            for title in listed:
                planned = InitiativePlan(
                    title,
                    item,
                    self.cast.divisions[key],
                    town_part="会場と市民への周知",
                    partner_part="講師・資材の提供",
                    timing="通年",
                )
                plan_initiative(self.procedure, planned, by=self.clerk, public_id=self.new_id())

    def third_step(self, on: date, titles: Sequence[Sequence[str]], keys: Sequence[str]) -> None:
        """A meeting, agreement on every item, initiatives, and on to the drafts."""
        self.meet(on, "連携事項のすべてについて合意した。費用は、それぞれの役割に応じて負担する。(見本)")
        self.agree_on_all(on)
        self.plan(titles, keys)
        self.advance(Stage.DRAFTING, on)

    def write_text(self, on: date) -> DraftVersion:
        """The first text, from the agreed items."""
        procedure, partner = self.procedure, self.procedure.partner_name
        kind = "包括連携協定" if procedure.form == Form.COMPREHENSIVE else "連携協定"
        facts = TextFacts(
            title=f"{self.cast.town}と{partner}との{procedure.title.split('に関する')[0]}に関する{kind}",
            parties=(
                SigningParty("甲", str(self.cast.town), "市長", is_town=True),
                SigningParty("乙", partner, "代表者 見本 太郎"),
            ),
            items=tuple(procedure.items.filter(dropped_reason="").values_list("heading", flat=True)),
            term=TermChoice(),
            articles=chosen_at_first(procedure.form),
        )
        return self.write(first_text(facts), on, None)

    def write(
        self, text: AgreementText, on: date, made_from: DraftVersion | None, note: str = ""
    ) -> DraftVersion:
        """A version of the text."""
        return write_text(
            self.procedure,
            text,
            made_from=made_from,
            note=note,
            by=self.clerk,
            at=at(on, 13),
            public_id=self.new_id(),
        )

    def fourth_step(self, on: date) -> DraftVersion:
        """Text and list, and on to the review."""
        text = self.write_text(on)
        write_list(self.procedure, by=self.clerk, at=at(on, 14), public_id=self.new_id())
        self.advance(Stage.REVIEW, on)
        return text

    def open_round(self, on: date, due_on: date, *inside: AskedReviewer) -> ReviewRound:
        """A round of review that asks inside and the partner's person, by name where nobody comes to the counter."""
        theirs = AskedReviewer(side=Side.PARTNER, correspondent=self.author)
        if self.author is None:
            theirs = AskedReviewer(side=Side.PARTNER, name=self.procedure.partner_name)
        one = open_round(
            self.procedure,
            [theirs, *inside],
            due_on=due_on,
            message="条ごとに意見を書き、よければ同意してください。(見本)",
            by=self.clerk,
            at=at(on, 10),
            public_id=self.new_id(),
        )
        return ReviewRound.objects.select_related("procedure", "text", "initiatives").get(pk=one.pk)

    def fifth_step(self, first: date, last: date) -> None:
        """Both sides accept the same versions, and on to the signing."""
        legal = AskedReviewer(side=Side.TOWN, user=self.cast.people["sokatsu2"], matter="法規")
        one = self.open_round(first, last, legal)
        for reviewer in one.reviewers.select_related("round__procedure", "user", "correspondent"):
            person = reviewer.correspondent or reviewer.user
            assert person
            accept(reviewer, one.digests, by=person, at=at(last, 11))
        self.advance(Stage.SIGNING, last)

    def approve(self, on: date, reference: str) -> None:
        """The town's decision."""
        approve(
            self.procedure,
            reference=reference,
            authority="市長",
            decided_on=on,
            by=self.clerk,
            at=at(on, 10),
            public_id=self.new_id(),
        )

    def plan_signing(self, on: date, signs_on: date) -> None:
        """Day, place and way, told to the partner."""
        planned = {
            "signs_on": signs_on,
            "time": "午前10時",
            "place": "市役所 市長応接室",
            "method": SigningMethod.PAPER_SEAL,
            "copies": 2,
            "has_ceremony": True,
            "attendees": "市長\n代表者 見本 太郎",
            "programme": "1 開会\n2 署名\n3 記念撮影\n4 閉会",
            "press_release": "",
            "publishes_on": signs_on,
        }
        plan_signing(self.procedure, planned, by=self.clerk, at=at(on, 11))

    def sixth_step(self, decided: date, signed: date, reference: str, kana: str) -> Agreement:
        """Decision, plan, checklist, signed copy, and the one act that concludes."""
        procedure = self.procedure
        self.approve(decided, reference)
        self.plan_signing(decided, signed)
        self.check(Stage.SIGNING, signed)
        found = agreed_of(procedure)
        assert found
        plan = procedure.signing_plan
        confirm_facts(procedure, proposed_facts(procedure, found, plan), by=self.clerk)
        paper = agreed_paper(self.cast.town, found, signed)
        keep_signed_copy(procedure, paper.content, name="署名済みの写し(見本).pdf", by=self.clerk)
        agreement = conclude(procedure, by=self.clerk, at=at(signed, 15), public_id=f"ag{self.number:010}")
        facts = replace(kept_facts(agreement), title_kana=kana, source="見本")
        return edit(agreement, facts, actor=self.clerk)


def received(cast: Cast, number: int, wish: Wish, key: str, on: date) -> Walk:
    """A proposal that came over the counter."""
    author = cast.correspondents[key]
    proposal = written(cast, number, wish, key, on)
    procedure = receive(proposal, source=Source.COUNTER, by=author, at=at(on), public_id=f"pc{number:010}")
    return Walk(cast, number, procedure, author)


def written(cast: Cast, number: int, wish: Wish, key: str, on: date) -> Proposal:
    """A proposal as its author has written it, not sent yet."""
    return Proposal.objects.create(
        municipality=cast.town,
        public_id=f"pp{number:010}",
        author=cast.correspondents[key],
        begun_at=at(on - timedelta(days=3)),
        saved_at=at(on, 9),
        **wish.lines(PROPOSERS_BY_KEY[key]),
    )


def newest_text(procedure: Procedure) -> AgreementText:
    """The newest text, to be written on."""
    version = procedure.versions.latest_of(DraftKind.TEXT)
    assert version
    return AgreementText.read(version.content)
