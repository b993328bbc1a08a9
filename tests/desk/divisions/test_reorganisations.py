"""The pages of reorganisations: a plan built step by step, what moves where, the decision and its undoing."""

import pytest

from renkei.accounts.models import Role
from renkei.agreements.models import Agreement
from renkei.municipalities.models import Division
from renkei.people.models.reorganisation import Reorganisation, ReorganisationState
from renkei.people.services.plans import choose
from renkei.people.steps import StepKind
from tests.factories import a_municipality, a_user, an_agreement
from tests.handovers.reorganising import APRIL, DISABLED, ELDERLY, a_plan, decided, step, welfare

pytestmark = pytest.mark.django_db


def address(plan, verb: str = "") -> str:
    return f"/desk/reorganisations/{plan.public_id}/{verb}"


def press(client, plan, verb: str, **typed):
    version = Reorganisation.objects.get(pk=plan.pk).version
    return client.post(address(plan, verb), {"version": version, **typed}, follow=True)


@pytest.fixture
def division():
    return welfare()


@pytest.fixture
def split(division):
    """A plan that splits 福祉課."""
    plan = a_plan()
    step(plan, StepKind.SPLIT, (division,), (ELDERLY, DISABLED))
    return plan


def test_a_plan_is_built_chosen_decided_and_taken_back(clerk, division):
    clerk.post("/desk/reorganisations/new/", {"name": "令和99年度", "on": "R99.4.1"})
    plan = Reorganisation.objects.get()
    words = f"{ELDERLY}\n{DISABLED}"
    press(clerk, plan, "add/split/", divisions=division.public_id, into=words)
    ways = f"ways/{division.public_id}/"
    press(clerk, plan, ways, do="field", field="older_people", **{"field-way": DISABLED})
    one = Agreement.objects.get(title="福祉の協定4")
    shown = press(clerk, plan, ways, **{f"agreements-{one.public_id}": DISABLED}).content.decode()
    assert "行き先を保存しました" in shown
    preview = clerk.get(address(plan)).content.decode()
    assert "何がどこへ動くか" in preview and "有効な協定" in preview
    assert "決定しました" in press(clerk, plan, "decide/").content.decode()
    disabled = Division.objects.get(name="障害課")
    held = clerk.get(f"/desk/divisions/{disabled.public_id}/?on=R99.4.1").content.decode()
    assert "援護の協定0" in held and "福祉の協定4" in held and "福祉の協定0" not in held
    assert "(一部)" in held
    assert "取りやめました" in press(clerk, plan, "withdraw/", reason="議会で修正").content.decode()
    assert not Division.objects.filter(name="障害課").exists()


def test_every_kind_of_step_has_its_form_and_its_refusal(clerk, division):
    plan = a_plan()
    for kind in StepKind:
        assert clerk.get(address(plan, f"add/{kind}/")).status_code == 200
        refused = press(clerk, plan, f"add/{kind}/", into="福祉部 福祉課", divisions=division.public_id)
        assert refused.status_code == 422, kind
        assert "次の所を直してください" in refused.content.decode()
    assert clerk.get(address(plan, "add/dissolve/")).status_code == 404
    assert Reorganisation.objects.get().steps == []


def test_what_stands_in_the_way_is_said_before_the_button(clerk, division):
    plan = a_plan()
    step(plan, StepKind.CLOSE, (division,))
    shown = clerk.get(address(plan)).content.decode()
    assert "引き継ぐ課を入れて廃止し直してください" in shown
    assert "この計画を決定する" not in shown
    refused = press(clerk, plan, "decide/")
    assert refused.status_code == 422 and "引き継ぐ課を入れて" in refused.content.decode()


def test_a_second_planner_is_told_that_the_plan_changed(clerk, split):
    late = clerk.post(address(split, "remove/0/"), {"version": 1})
    assert late.status_code == 422 and "ほかの人が先に変更しました" in late.content.decode()
    assert len(Reorganisation.objects.get().steps) == 1


def test_a_choice_for_what_is_not_the_divisions_is_left_out(clerk, split, division):
    other = an_agreement(title="よその協定")
    press(clerk, split, f"ways/{division.public_id}/", **{f"agreements-{other.public_id}": DISABLED})
    assert Reorganisation.objects.get().choices.get("agreements", {}) == {}


def test_readers_see_decided_plans_only(client, split):
    client.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    assert client.get(address(split)).status_code == 403
    assert split.name not in client.get("/desk/reorganisations/").content.decode()
    assert client.get("/desk/reorganisations/new/").status_code == 403
    assert client.post(address(split, "decide/")).status_code == 403
    decided(split)
    shown = client.get(address(split)).content.decode()
    assert "決定" in shown and "取り消す" not in shown
    assert Reorganisation.objects.get().state == ReorganisationState.DECIDED


def test_another_towns_plan_is_not_there(client, split):
    client.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="stranger"))
    for verb in ("", "decide/", "withdraw/", "add/found/"):
        assert client.post(address(split, verb)).status_code == 404


def test_an_agreement_that_goes_another_way_shows_its_division_of_every_day(clerk, split, division):
    agreement = Agreement.objects.get(title="福祉の協定0")
    choose(split, "agreements", {agreement.public_id: DISABLED}, actor=None)
    decided(split)
    page = f"/desk/agreements/{agreement.public_id}/"
    before = clerk.get(f"{page}?on=2027-03-31").content.decode()
    assert f'href="/desk/divisions/{division.public_id}/">福祉部 福祉課</a>' in before
    assert "引き継いでいる課" not in before
    assert DISABLED in clerk.get(f"{page}?on={APRIL}").content.decode()


def test_search_and_public_pages_follow_without_showing_a_portion(clerk, client, split):
    agreement = Agreement.objects.get(title="福祉の協定0")
    choose(split, "agreements", {agreement.public_id: DISABLED}, actor=None)
    decided(split)
    portion = Division.objects.get(portion_of__isnull=False)
    found = clerk.get(f"/desk/agreements/?division={portion.pk}&on={APRIL}").content.decode()
    assert "福祉の協定0" in found and "福祉の協定1" not in found
    assert "福祉部 福祉課(R9.4.1から福祉部 障害課)" in found
    for start in ("/desk/divisions/", "/divisions/"):
        shown = clerk.get(f"{start}?on={APRIL}").content.decode()
        assert "障害課" in shown and portion.public_id not in shown
        assert clerk.get(f"{start}{portion.public_id}/").status_code == 404
    public = client.get(f"/divisions/{Division.objects.get(name='障害課').public_id}/?on={APRIL}")
    assert "福祉の協定0" in public.content.decode()


def test_an_edit_keeps_the_portion_under_which_an_agreement_is_recorded(clerk, split):
    agreement = Agreement.objects.get(title="福祉の協定0")
    choose(split, "agreements", {agreement.public_id: DISABLED}, actor=None)
    decided(split)
    portion = Division.objects.get(portion_of__isnull=False)
    shown = clerk.get(f"/desk/agreements/{agreement.public_id}/edit/").content.decode()
    assert f'<option value="{portion.pk}" selected>福祉部 福祉課(一部)</option>' in shown
