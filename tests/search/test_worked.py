"""An agreement is found by what is done under it: by staff at once, by everyone once it is approved."""

import pytest

from renkei.agreements.audience import Audience
from renkei.initiatives.services.begin import InitiativeFacts
from renkei.initiatives.services.publishing import approve, propose_publication
from renkei.initiatives.services.writing import edit, write
from renkei.search.asking import Asked
from renkei.search.finding import find
from renkei.search.rebuilding import rebuild
from renkei.search.rows import rows
from tests.factories import a_user, an_agreement
from tests.work_factories import AT, a_result, an_initiative

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.fixture
def agreement():
    return an_agreement(published=True)


def hits(words: str, audience: Audience) -> list[tuple[str, str]]:
    """What is shown as the reason why the agreement is found."""
    return [
        (hit.name, hit.text) for row in rows(find(Asked(words, audience, ON)), audience) for hit in row.hits
    ]


def test_by_the_words_of_an_initiative_as_they_are_now(agreement):
    public = Audience.public()
    made = write(agreement, InitiativeFacts(title="熱中症を防ぐ講座"), on=ON, actor=None)
    assert hits("熱中症", public) == [("取組", "熱中症を防ぐ講座")]
    edit(made, InitiativeFacts(title="ポスターの配布", is_public=False), begins_on=ON, actor=None)
    assert hits("熱中症", public) == []
    assert hits("ポスター", public) == []
    assert hits("ポスター", Audience.staff(agreement.municipality)) == [("取組", "ポスターの配布")]


@pytest.mark.parametrize("anew", [False, True], ids=["told", "rebuilt"])
def test_by_the_words_of_a_result_that_was_approved_and_staff_by_their_own(agreement, anew):
    result = a_result(an_initiative(agreement), what="見本小学校で120人が受講した。", state="confirmed")
    staff = Audience.staff(agreement.municipality)
    if anew:
        rebuild()
    propose_publication(result, public_text="小学校で講座を開きました。", actor=None)
    assert hits("講座を開きました", Audience.public()) == []
    approve([result], actor=a_user(), at=AT)
    if anew:
        rebuild()
    assert hits("講座を開きました", Audience.public()) == [("取組実績", "小学校で講座を開きました。")]
    assert hits("120人が受講", Audience.public()) == []
    assert hits("120人が受講", staff) == [("取組実績", "見本小学校で120人が受講した。")]
