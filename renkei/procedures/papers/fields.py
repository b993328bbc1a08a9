"""The papers that fit a procedure now, each with what is known for its fields."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AgreementText, SigningParty
from renkei.documents.papers.making import PaperFacts, numbered, sender_of, told_day
from renkei.documents.vocabulary import PaperKind
from renkei.procedures.ceremony import proposed_programme
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import InquiredDivision, Meeting, Point, Procedure, SigningPlan
from renkei.procedures.planned import newest, parties_of_the_last_text, planned_list
from renkei.procedures.vocabulary import DraftKind, Source, Verdict

TOLD_TO_THE_PRESS = 10


@override("ja")
def papers_of(procedure: Procedure, *, day: date, clerk: str = "") -> list[PaperFacts]:
    """Every paper that can be made now, in the order of the steps; `clerk` is whom the reader may ask."""
    known = _Known(procedure, day, clerk)
    return [*known.receipt(), *known.inquiries(), *known.minutes(), *known.lists(), *known.of_signing()]


class _Known:
    """What is known of a procedure, read once for all its papers."""

    def __init__(self, procedure: Procedure, day: date, clerk: str) -> None:
        self.procedure, self.day = procedure, day
        self.town = procedure.municipality
        self.proposal = getattr(procedure, "proposal", None)
        version = newest(procedure, DraftKind.TEXT)
        self.text = AgreementText.read(version.content) if version else None
        self.plan = SigningPlan.objects.filter(procedure=procedure).first() or SigningPlan()
        self.initiatives = planned_list(procedure)
        self.both = {
            "件名": procedure.title,
            "相手方の名称": str(procedure.organisation or procedure.partner_name),
            "自治体名": str(self.town),
            "担当課": str(procedure.division or ""),
            "担当者": clerk,
            "発信日": told_day(day),
            "発信者": self._sender(),
        }

    def _sender(self) -> str:
        parties = self.text.parties if self.text else parties_of_the_last_text(self.town)
        return sender_of(self.town, next((one.signatory for one in parties if one.is_town), ""))

    def receipt(self) -> Iterator[PaperFacts]:
        if self.proposal is None or self.procedure.source == Source.TOWN:
            return
        told = {
            **self.both,
            "受付番号": self.procedure.receipt,
            "受付日": told_day(self.procedure.opened_on),
            "相手方の代表者": self.proposal.representative,
            "相手方の所在地": self.proposal.address,
        }
        yield PaperFacts(PaperKind.RECEIPT, told)

    def inquiries(self) -> Iterator[PaperFacts]:
        asked = InquiredDivision.objects.asked().filter(inquiry__procedure=self.procedure)
        related = asked.select_related("division", "inquiry").prefetch_related(
            "inquiry__items", "answers__item"
        )
        for one in related.order_by("inquiry__sent_at", "pk"):
            yield PaperFacts(PaperKind.INQUIRY, self._inquiry(one), one.public_id, str(one.division))
            if one.answered_at:
                yield PaperFacts(PaperKind.ANSWER, self._answer(one), one.public_id, str(one.division))

    def _inquiry(self, one: InquiredDivision) -> dict[str, Any]:
        items = [item for item in one.inquiry.items.all() if not item.dropped_reason]
        return {
            **self.both,
            "発信日": told_day(timezone.localdate(one.inquiry.sent_at)),
            "照会先の課": str(one.division),
            "照会の文": one.inquiry.text,
            "提案の目的": self.proposal.purpose if self.proposal else "",
            "回答の期限": told_day(one.due_on),
            "連携事項": numbered({"事項": item.heading, "内容": item.description} for item in items),
        }

    def _answer(self, one: InquiredDivision) -> dict[str, Any]:
        answers = (
            {
                "事項": answer.item.heading,
                "結果": str(Verdict(answer.verdict).label),
                "条件": answer.conditions,
                "取組の案": answer.initiatives,
            }
            for answer in one.answers.all()
        )
        return {
            **self.both,
            "回答日": told_day(timezone.localdate(one.answered_at)),
            "回答した課": str(one.division),
            "回答した人": one.person,
            "回答": numbered(answers),
            "全体の意見": one.remarks,
        }

    def minutes(self) -> Iterator[PaperFacts]:
        """Of meetings that were held; what is only for the town's own eyes is in no paper."""
        for one in self.procedure.meetings.prefetch_related("points__owner_division"):
            if one.minutes and not one.cancelled_reason:
                about = f"{told_day(one.held_on)} {one}"
                yield PaperFacts(PaperKind.MINUTES, self._minutes(one), one.public_id, about)

    def _minutes(self, one: Meeting) -> dict[str, Any]:
        points = [point for point in one.points.all() if not point.is_internal]
        return {
            **self.both,
            "開いた日": told_day(one.held_on),
            "時刻": one.time,
            "場所": one.place,
            "市の出席者": one.town_people,
            "相手方の出席者": one.partner_people,
            "議題": one.agenda,
            "記録": one.minutes,
            "合意したこと": numbered({"内容": point.text} for point in points if point.is_agreed),
            "残ったこと": numbered(_left(points)),
        }

    def lists(self) -> Iterator[PaperFacts]:
        if self.initiatives.rows:
            told = {**self.both, "現在の日": told_day(self.day), "取組事項": _rows(self.initiatives)}
            yield PaperFacts(PaperKind.INITIATIVES, told)

    def of_signing(self) -> Iterator[PaperFacts]:
        if self.text is None:
            return
        ceremony = self._ceremony(self.text)
        yield PaperFacts(PaperKind.CEREMONY, ceremony)
        yield PaperFacts(PaperKind.PRESS, {**self.both, **ceremony, **self._press()})
        for place, party in enumerate(self.text.parties):
            if not party.is_town:
                yield PaperFacts(PaperKind.COVER, self._cover(party), str(place), party.name)

    def _ceremony(self, text: AgreementText) -> dict[str, Any]:
        partners = [one.name for one in text.parties if not one.is_town]
        return {
            **self.both,
            "協定名": text.title,
            "相手方の名称": "、".join(partners) or self.both["相手方の名称"],
            "締結の日時": f"{told_day(self.plan.signs_on)} {self.plan.time}".strip(),
            "締結の場所": self.plan.place,
            "出席者": self.plan.attendees,
            "式次第": self.plan.programme or proposed_programme(text),
        }

    def _press(self) -> dict[str, Any]:
        items = [{"事項": heading, "内容": ""} for heading in self.initiatives.items]
        return {
            "発表の文": self.plan.press_release,
            "目的": self.proposal.purpose if self.proposal else "",
            "連携事項": numbered(items),
            "取組事項": _rows(self.initiatives)[:TOLD_TO_THE_PRESS],
        }

    def _cover(self, party: SigningParty) -> dict[str, Any]:
        copies = _("%(copies)s部") % {"copies": self.plan.copies}
        return {
            **self.both,
            "相手方の名称": party.name,
            "相手方の代表者": party.signatory,
            "相手方の所在地": party.address,
            "送付するもの": numbered([{"名前": self.text.title if self.text else "", "部数": copies}]),
            "用件": _(
                "内容を御確認の上、御署名又は記名押印をいただき、1部を御返送くださるようお願いいたします。"
            ),
        }


def _left(points: Iterable[Point]) -> Iterator[dict[str, str]]:
    for point in points:
        if point.is_open:
            side = Side(point.owner_side).label if point.owner_side else ""
            who = f"{side} {point.owner_division or ''} {point.owner}"
            yield {"内容": point.text, "担当": " ".join(who.split()), "期限": told_day(point.due_on)}


def _rows(listed: InitiativeList) -> list[dict[str, str]]:
    rows = (
        {
            "事項": row.heading,
            "取組": row.title,
            "市の役割": row.town_part,
            "相手方の役割": row.partner_part,
            "時期": row.timing,
            "取組の担当課": row.division,
        }
        for row in listed.rows
    )
    return numbered(rows)
