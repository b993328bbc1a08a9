"""Drills at the desk: the plan, a scenario with its rows, a drill played by pressing, and who sees what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.disasters.models import Drill, Lesson, Scenario
from renkei.disasters.services.drills import begin_drill, end_drill
from renkei.disasters.vocabulary import DrillState
from tests.disaster_factories import a_capability, a_drill, a_scenario
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


def at_desk(name, *args):
    return reverse(f"desk:{name}", args=args)


def test_a_sample_becomes_a_scenario_whose_rows_are_added_and_removed_without_losing_what_is_typed(client):
    client.force_login(a_user())
    page = client.get(at_desk("scenario_new"), {"sample": "earthquake"})
    assert "飲料水" in page.content.decode()
    rows = {"need-TOTAL_FORMS": 1, "need-INITIAL_FORMS": 0, "need-0-minute": "5", "need-0-goods": "水"}
    typed = {
        "title": "夜の地震",
        "hazard": "earthquake",
        "need-0-function": "food_water",
        "need-0-urgency": "now",
    }
    more = client.post(at_desk("scenario_new"), {**typed, **rows, "do": "add-need"}).content.decode()
    assert "2つ目を外す" in more
    assert 'value="水"' in more
    wrong = client.post(at_desk("scenario_new"), {**typed, **rows, "need-0-minute": "五分"})
    assert wrong.status_code == 422
    assert "何分後かを数字で入れてください" in wrong.content.decode()
    kept = client.post(
        at_desk("scenario_new"), {**typed, **rows, "need-0-quantity": "２,０００", "need-0-unit": "本"}
    )
    assert kept["Location"] == at_desk("scenarios")
    need = Scenario.objects.get().needs.get()
    assert (need.minute, need.goods, need.quantity, need.unit) == (5, "水", 2000, "本")
    edited = client.get(at_desk("scenario_edit", need.scenario.public_id)).content.decode()
    assert 'value="2,000"' in edited


def test_a_drill_is_planned_begun_played_ended_and_a_lesson_kept(client):
    client.force_login(a_user())
    scenario, division = a_scenario(), a_division()
    plan = {"scenario": scenario.public_id, "title": "夜間連絡訓練", "planned_on": "令和6年9月2日"}
    answer = client.post(at_desk("drill_new"), {**plan, "calls_partners": "on"})
    drill = Drill.objects.get()
    assert answer["Location"] == at_desk("drill", drill.public_id)
    listed = client.get(at_desk("drills"), {"year": "2024"}).content.decode()
    assert "夜間連絡訓練" in listed
    client.post(at_desk("drill_begin", drill.public_id))
    running = client.get(at_desk("drill", drill.public_id)).content.decode()
    assert "これは訓練です" in running
    assert "5分後に出ます" in running
    incident = Drill.objects.get().incident
    incident.opened_at = timezone.now() - timedelta(minutes=7)
    incident.save()
    assert "読み上げて書く" in client.get(at_desk("drill", drill.public_id)).content.decode()
    here = at_desk("drill", drill.public_id)
    pressed = client.post(at_desk("drill_need", drill.public_id, 0))
    assert pressed["Location"] == f"{here}#cue-0"
    (need,) = incident.needs.all()
    assert f"{at_desk('need', need.public_id)}#call" in client.get(here).content.decode()
    client.post(at_desk("drill_need", drill.public_id, 1))  # not yet due: refused with a sentence
    assert [str(one) for one in incident.needs.all()] == [str(need)] == ["飲料水"]
    client.post(at_desk("drill_end", drill.public_id))
    done = client.get(at_desk("drill", drill.public_id)).content.decode()
    assert "得点の数え方" in done
    assert "2件のうち出た1件の平均" in done, "what is not whole says so"
    assert "教訓にしました" not in done
    asked = client.get(at_desk("drill_lesson", drill.public_id), {"offered": "0"})
    told = {"text": asked.context["form"]["text"].value(), "task": "確かめる", "division": division.public_id}
    client.post(at_desk("drill_lesson", drill.public_id), told)
    assert "飲料水" in Lesson.objects.get().text
    assert "教訓にしました" in client.get(here).content.decode()
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(at_desk("drill_report", drill.public_id, kind)).content.startswith(start)


def test_a_reader_sees_the_score_and_no_names_and_another_town_sees_nothing(client):
    actor, agreement = a_user(), an_agreement()
    a_capability(agreement)
    drill = a_drill()
    at = timezone.now()
    begin_drill(drill, actor=actor, at=at)
    end_drill(drill, actor=actor, at=at + timedelta(minutes=30))
    client.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    page = client.get(at_desk("drill", drill.public_id)).content.decode()
    assert "得点の数え方" in page
    assert "直すこと" not in page
    assert client.get(at_desk("drill_report", drill.public_id, "pdf")).status_code == 403
    assert agreement.title in client.get(at_desk("drills")).content.decode()
    client.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="yoso"))
    assert client.get(at_desk("drill", drill.public_id)).status_code == 404
    assert Drill.objects.get().state == DrillState.DONE
