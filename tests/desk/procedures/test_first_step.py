"""The first step at the desk: hearing, partner, window and items, each on a page that says what to do."""

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.agreements.models import Agreement
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.procedures.models import Procedure
from renkei.procedures.vocabulary import Stage
from tests.factories import a_division, a_municipality, an_agreement
from tests.procedure_factories import a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db


def page(name: str, procedure: Procedure, *ids: str) -> str:
    return reverse(f"desk:procedure_{name}", args=[procedure.public_id, *ids])


def send(client, page_name: str, procedure: Procedure, *ids: str, **typed: str):
    procedure.refresh_from_db(fields=["version"])
    typed = {"version": str(procedure.version), "once": new_public_id(), **typed}
    return client.post(page(page_name, procedure, *ids), typed)


def test_a_hearing_is_written_beside_the_proposal_and_what_is_similar(clerk):
    an_agreement(title="前の協定", partners=("見本製薬株式会社",), starts="2024-04-01")
    procedure = a_procedure()
    shown = clerk.get(page("hearing", procedure)).content.decode()
    assert "市民の健康を守る。" in shown
    assert "前の協定" in shown
    assert "同じ相手方" in shown
    written = {"held_on": "令和8年6月1日", "learned": "無償", "once": "onceonceonce"}
    day = timezone.localdate().isoformat()
    for _twice in range(2):
        assert send(clerk, "hearing", procedure, **{**written, "held_on": day}).status_code == 302
    hearing = procedure.hearings.get()
    send(clerk, "hearing_correct", procedure, hearing.public_id, held_on=day, learned="有償")
    assert "有償" in clerk.get(page("hearing", procedure)).content.decode()
    refused = send(clerk, "hearing", procedure, held_on="2999-01-01", learned="書いたもの")
    assert refused.status_code == 422
    assert "書いたもの" in refused.content.decode()


def test_what_is_refused_once_can_be_sent_again_put_right(clerk):
    procedure = a_procedure()
    item = procedure.items.first()
    same = {"heading": item.heading, "description": "", "division": ""}
    refused = send(clerk, "item", procedure, item.public_id, **same)
    assert refused.status_code == 422
    again = {**same, "heading": "健康に関すること", "version": str(refused.context["procedure"].version)}
    assert clerk.post(page("item", procedure, item.public_id), again).status_code == 302


def test_the_partner_is_chosen_from_candidates_or_found_or_written_anew(clerk):
    known, other = a_partner("株式会社見本製薬"), a_partner("改称前商会")
    foreign = a_partner("よその町の会社", municipality=a_municipality("012025"))
    procedure = a_procedure(author=a_correspondent(company="(株)見本製薬"))
    assert known.name in clerk.get(page("partner", procedure)).content.decode()
    assert "改称前商会" in clerk.get(page("partner", procedure), {"q": "改称"}).content.decode()
    assert send(clerk, "partner", procedure, partner=foreign.public_id).status_code == 422
    assert send(clerk, "partner", procedure, partner=other.public_id).status_code == 302
    assert send(clerk, "partner", procedure, partner=known.public_id, accepts_author="on").status_code == 302
    procedure.refresh_from_db()
    assert procedure.organisation == known
    procedure.proposal.author.refresh_from_db()
    assert procedure.proposal.author.organisation == known
    new = a_procedure(author=a_correspondent(email="b@example.com", company="初めての会社"))
    assert send(clerk, "partner_new", new, name="初めての会社", kind="company").status_code == 302
    assert Organisation.objects.filter(name="初めての会社").count() == 1


def test_the_window_page_says_what_the_rule_gives_and_asks_for_a_reason(clerk):
    planning, health = a_division(name="企画課", is_coordinating=True), a_division(name="健康課")
    an_agreement(title="健康の協定", division=health, main_field="health", starts="2024-04-01")
    procedure = a_procedure()
    shown = clerk.get(page("window", procedure)).content.decode()
    assert "個別、または健康・医療が主な分野の包括" in shown
    chosen = {"form": "comprehensive", "main_field": "", "division": health.public_id}
    refused = send(clerk, "window", procedure, **chosen)
    assert "決まりでは窓口は企画課です" in refused.content.decode()
    assert send(clerk, "window", procedure, **chosen, reason="健康が中心").status_code == 302
    procedure.refresh_from_db()
    assert (procedure.form, procedure.division) == ("comprehensive", health)
    assert planning != health


def test_items_are_kept_without_any_script(clerk):
    procedure = a_procedure()
    first, second = procedure.items.all()
    send(clerk, "item_order", procedure, second.public_id, way="up")
    assert list(procedure.items.all()) == [second, first]
    tourism = a_division(name="観光課")
    send(clerk, "items", procedure, heading="観光に関すること", division=tourism.public_id)
    assert procedure.items.last().division == tourism
    send(clerk, "item_drop", procedure, first.public_id, reason="重なる")
    shown = clerk.get(page("items", procedure)).content.decode()
    assert shown.index("観光に関すること") < shown.index("取りやめた連携事項") < shown.index("重なる")
    send(clerk, "item_back", procedure, first.public_id)
    assert procedure.items.filter(dropped_reason="").count() == 3


def test_a_press_with_an_old_page_is_told_and_changes_nothing(clerk):
    procedure = a_procedure(stage=Stage.NEGOTIATION)
    item, address = procedure.items.first(), "procedure_item_agree"
    seen = {"version": "1", "agreed": "yes"}
    for _other_person_first in range(2):
        answer = clerk.post(
            reverse(f"desk:{address}", args=[procedure.public_id, item.public_id]), seen, follow=True
        )
    assert "ほかの人が先に変更しました" in answer.content.decode()


def test_no_other_procedure_s_record_is_reached_by_changing_an_id(clerk):
    mine = a_procedure()
    other = a_procedure(author=a_correspondent(email="b@example.com"))
    item = other.items.first()
    assert clerk.get(page("item", mine, item.public_id)).status_code == 404
    assert send(clerk, "item_drop", mine, item.public_id, reason="x").status_code == 404


def test_whoever_may_not_conduct_looks_and_changes_nothing(reader):
    procedure = a_procedure()
    item = procedure.items.first()
    for name in ("hearing", "similar", "partner", "partner_new", "window", "items"):
        assert reader.get(page(name, procedure)).status_code == 200
    for name, ids in (
        ("hearing", ()),
        ("partner_new", ()),
        ("window", ()),
        ("item_order", (item.public_id,)),
    ):
        assert send(reader, name, procedure, *ids, reason="x").status_code == 403


def test_the_list_of_what_is_similar_links_to_the_records(clerk):
    agreement = an_agreement(title="前の協定", partners=("見本製薬株式会社",), starts="2024-04-01")
    shown = clerk.get(page("similar", a_procedure())).content.decode()
    assert reverse("desk:agreement", args=[agreement.public_id]) in shown
    assert Agreement.objects.count() == 1
