"""Bringing a ledger in: checked, mended, committed as a whole, undone as a whole, never doubled."""

import datetime

import pytest

from renkei.agreements.models import Agreement, Party
from renkei.audit.models import Entry
from renkei.ledger import services
from renkei.ledger.models import Batch, BatchState, Outcome, Shape
from renkei.ledger.reports import report_of_batch, report_of_reading
from renkei.ledger.undo import why_not_undo
from renkei.partners.models import Organisation
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 4, 1)
LEDGER = (
    "協定名,相手方,締結日,担当課\n"
    "物資の供給に関する協定,株式会社見本、有限会社見本,H17.8.31,防災課\n"
    "避難所の利用に関する協定,見本大学,平成20年4月,\n"
    "相手方のない協定,,H21.4.1,\n"
)
FIRMS = "事業者名\n株式会社甲乙\n見本新聞販売組合\n"


def brought(text: str = LEDGER, **fields: object) -> Batch:
    """A ledger that waits for its commit."""
    given = {"file_name": "台帳.csv", "municipality": a_municipality(), "listed_on": TODAY, "actor": None}
    return services.bring(text.encode(), **{**given, **fields})  # type: ignore[arg-type]


def committed(text: str = LEDGER) -> Batch:
    """A ledger whose agreements are in the register."""
    return services.commit(brought(text), actor=None)


def test_the_agreements_of_a_ledger_are_in_the_register_after_its_commit():
    batch = committed()
    first, second = Agreement.objects.order_by("pk")
    assert (first.title, first.signed_as, str(first.division)) == (
        "物資の供給に関する協定",
        "2005-08-31",
        "防災課",
    )
    assert (second.signed_as, second.signed_on) == ("2008-04", None)
    assert batch.state == BatchState.COMMITTED
    assert [party.name_as_signed for party in Party.objects.filter(agreement=first)] == [
        "株式会社見本",
        "有限会社見本",
    ]


def test_a_row_that_lacks_its_partner_waits_and_says_so():
    waiting = committed().rows.get(outcome=Outcome.WAITING)
    assert (waiting.title, waiting.agreement) == ("相手方のない協定", None)
    assert "相手方" in waiting.reason


def test_the_report_accounts_for_every_row():
    told = report_of_batch(committed())
    assert {name: told[name] for name in ("rows", "agreements", "waiting", "headings", "notes", "blank")} == {
        "rows": 4,
        "agreements": 2,
        "waiting": 1,
        "headings": 1,
        "notes": 0,
        "blank": 0,
    }
    item = told["items"][2]
    assert (item["row"], item["signed_on"], item["partners"]) == (3, "2008-04", ["見本大学"])
    assert item["cells"] == ["避難所の利用に関する協定", "見本大学", "平成20年4月", ""]
    assert [column["meaning"] for column in told["columns"]] == ["title", "partners", "signed", "division"]


def test_a_dry_run_says_what_the_import_would_say_and_stores_nothing():
    town = a_municipality()
    dry = report_of_reading(services.read(LEDGER.encode(), file_name="台帳.csv", municipality=town), town)
    assert not Batch.objects.exists()
    assert dry == report_of_batch(brought())


def test_the_same_file_again_adds_nothing():
    committed()
    again = committed()
    assert Agreement.objects.count() == 2
    assert report_of_batch(again)["already"] == 2


def test_the_same_agreement_in_other_spelling_is_there_already():
    known = an_agreement(
        title="物資の供給に関する協定書", partners=("㈱見本", "(有)見本"), signed="2005-08-31"
    )
    assert [row.same_as for row in brought().rows.filter(outcome=Outcome.AGREEMENT)] == [known, None]


def test_another_partner_is_another_agreement_even_with_the_same_title_and_day():
    batch = brought(
        "協定名,相手方,締結日\n見守りに関する協定,甲乙商店,H1.4.1\n見守りに関する協定,丙丁商店,H1.4.1\n"
    )
    assert batch.rows.filter(outcome=Outcome.AGREEMENT).count() == 2


def test_a_row_that_stands_twice_in_the_file_waits_the_second_time():
    batch = brought(LEDGER + LEDGER.splitlines()[1] + "\n")
    assert "2行と同じ" in batch.rows.last().reason


def test_the_town_itself_among_the_parties_is_no_partner():
    town = a_municipality()
    committed(f"協定名,相手方\n相互応援協定,{town.name}、見本町\n")
    assert [organisation.name for organisation in Organisation.objects.all()] == ["見本町"]
    assert Party.objects.count() == 2


def test_a_commit_is_told_and_the_town_takes_part():
    town = a_municipality()
    type(town).objects.filter(pk=town.pk).update(takes_part=False)
    town.refresh_from_db()
    services.commit(brought(municipality=town), actor=None)
    town.refresh_from_db()
    assert town.takes_part
    assert Entry.objects.latest("pk").event == "ledger.committed"


def test_a_batch_is_committed_only_once():
    batch = committed()
    with pytest.raises(services.CommitRefused):
        services.commit(batch, actor=None)
    with pytest.raises(services.CommitRefused):
        services.commit(Batch(pk=batch.pk, municipality=batch.municipality, version=1), actor=None)
    assert Agreement.objects.count() == 2


def test_undo_takes_agreements_and_partners_away_again():
    batch = committed()
    services.undo(batch, actor=None)
    assert not Agreement.objects.exists()
    assert not Organisation.objects.exists()
    assert batch.state == BatchState.UNDONE


def test_undo_is_refused_once_something_was_built_on_it():
    batch = committed()
    Agreement.objects.update(version=2)
    assert "2件" in str(why_not_undo(batch))
    with pytest.raises(services.CommitRefused):
        services.undo(batch, actor=None)
    assert Agreement.objects.count() == 2


def test_a_mended_row_is_committed_with_the_others():
    batch = brought()
    waiting = batch.rows.get(outcome=Outcome.WAITING)
    services.mend(waiting, title=waiting.title, partners=["見本町"], signed_as="2009-04")
    services.commit(batch, actor=None)
    assert Agreement.objects.get(title="相手方のない協定").signed_as == "2009-04"


def test_one_title_may_be_given_to_all_rows_that_lack_it():
    batch = brought(FIRMS)
    assert services.title_for_waiting(batch, "見守りに関する協定") == 2
    services.commit(batch, actor=None)
    assert {agreement.title for agreement in Agreement.objects.all()} == {"見守りに関する協定"}


def test_a_title_for_all_rows_may_not_be_empty():
    with pytest.raises(services.CommitRefused, match="協定名"):
        services.title_for_waiting(brought(FIRMS), "  ")


def test_a_mapping_by_hand_is_used_again_for_the_next_file_of_this_shape():
    text = "どの欄,この欄\n見守りに関する協定,甲乙商店\n"
    first = brought(text)
    services.remap(first, {"0": "notes", "1": "title"})
    assert Shape.objects.count() == 1
    second = brought(text.replace("甲乙", "丙丁"))
    assert [column["meaning"] for column in second.columns] == ["notes", "title"]


def test_the_day_of_the_list_is_the_first_certain_day_of_undated_agreements():
    batch = brought("(令和3年8月1日現在),\n協定名,相手方\n見守りに関する協定,甲乙商店\n")
    assert batch.listed_on == datetime.date(2021, 8, 1)


def test_a_term_that_is_over_does_not_end_an_agreement_that_is_listed():
    committed("協定名,相手方,締結日,有効期間\n見守りに関する協定,甲乙商店,H17.4.1,1年\n")
    agreement = Agreement.objects.get()
    assert Agreement.objects.in_force_on(TODAY).count() == 1
    assert "期間・更新: 1年" in agreement.remarks


def test_a_term_that_can_be_read_is_the_term_of_the_agreement():
    committed(
        "協定名,相手方,締結日,有効期間\n見守りに関する協定,甲乙商店,R8.4.1,締結日から令和9年3月31日まで\n"
    )
    assert Agreement.objects.get().terms.get().ends_on == datetime.date(2027, 3, 31)
