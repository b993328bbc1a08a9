"""An agreement that came by a procedure is disposed of with it; what is still under way stops the disposal."""

from datetime import UTC, date, datetime

import pytest

from renkei.accounts.models import Role
from renkei.agreements.models import Agreement
from renkei.agreements.services import end
from renkei.agreements.vocabulary import EndReason, Form
from renkei.correspondents.models import Correspondent
from renkei.documents.models import Document
from renkei.initiatives.models import Initiative
from renkei.procedures.models import Procedure
from renkei.procedures.services.begin import Begun, begin_about
from renkei.procedures.services.conclude import conclude
from renkei.procedures.vocabulary import Kind
from renkei.retention.models import Subject
from renkei.retention.services import approve, propose, set_rule
from renkei.retention.services.keeping import RetentionRefused
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import AT, TODAY
from tests.signing_factories import an_agreed_one, prepare

pytestmark = pytest.mark.django_db
LATER = date(2040, 4, 2)
THEN = datetime(2040, 4, 2, 3, tzinfo=UTC)


@pytest.fixture
def agreement() -> Agreement:
    """Concluded by a procedure and ended on the same day."""
    clerk = a_user()
    set_rule(a_municipality(), Form.COMPREHENSIVE, 5, reason="文書管理規程", actor=None)
    procedure = an_agreed_one(a_division(name="地域活動推進課", is_coordinating=True))
    prepare(procedure, clerk)
    concluded = conclude(procedure, by=clerk, at=AT)
    end(concluded, on=TODAY, reason=EndReason.BY_BOTH, actor=clerk)
    return concluded


def disposed_of(agreement: Agreement) -> None:
    disposal = propose(
        Subject.RECORDS,
        [agreement.public_id],
        reason="満了",
        actor=a_user(sign_in_name="teian"),
        day=LATER,
        at=THEN,
    )
    approve(disposal, actor=a_user(sign_in_name="shonin", role=Role.ADMINISTRATOR), day=LATER, at=THEN)


def test_the_procedure_goes_with_its_agreement_and_the_partners_people_stay(agreement):
    disposed_of(agreement)
    assert not Agreement.objects.exists()
    assert not Procedure.objects.exists()
    assert not Initiative.objects.exists()
    assert not Document.objects.exists()
    assert Correspondent.objects.get().organisation


def test_a_procedure_under_way_stops_the_disposal_and_is_named(agreement):
    Agreement.objects.get().ending.delete()
    begin_about(
        agreement,
        Begun(Kind.RENEWAL, "更新の相談", "続ける"),
        by=a_user(sign_in_name="new"),
        at=AT,
        public_id="b" * 12,
    )
    end(Agreement.objects.get(), on=TODAY, reason=EndReason.BY_BOTH, actor=a_user(sign_in_name="other"))
    with pytest.raises(RetentionRefused, match="更新の相談"):
        disposed_of(agreement)
    assert Agreement.objects.exists()
