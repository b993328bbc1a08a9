"""Who belongs to a partner: said by the town's staff, since it opens the partner's records."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.correspondents import events
from renkei.correspondents.letters import tell, town_page
from renkei.correspondents.models import Correspondent
from renkei.correspondents.refusals import CorrespondentRefused
from renkei.partners.models import Organisation


@transaction.atomic
def accept(correspondent: Correspondent, organisation: Organisation, by: User, at: datetime) -> Correspondent:
    """The person comes to the counter for this partner from now on; the first of a partner is responsible.

    Somebody accepted already for this partner stays as they are, so that a form sent twice does nothing twice.
    """
    if correspondent.partner == organisation and correspondent.closed_at is None:
        return correspondent
    _refuse(correspondent, organisation)
    mine = (
        Correspondent.objects.of(organisation.municipality)
        .active()
        .filter(pk=correspondent.pk, organisation=None)
    )
    if not mine.update(organisation=organisation):
        raise CorrespondentRefused(
            _("ほかの人が先に変更しました。いまの内容を確かめ、よければもう一度押してください。")
        )
    correspondent.organisation = organisation
    facts = {"partner": organisation.name}
    record(
        events.ACCEPTED, by, correspondent, municipality=correspondent.municipality, partner=organisation.name
    )
    if not responsible_of(organisation):
        _appoint(correspondent, organisation, by)
    tell(
        correspondent,
        f"accepted:{at.isoformat()}",
        _("%(partner)sの担当者として登録しました") % facts,
        [
            _("%(partner)sの担当者として登録しました。この相手方の手続が、窓口のページで見られます。")
            % facts,
            _("安全のため、窓口には入り直してください。"),
        ],
        at=at,
        links=[(_("窓口のページ"), town_page(correspondent))],
    )
    correspondent.refresh_from_db()
    return correspondent


def _refuse(correspondent: Correspondent, organisation: Organisation) -> None:
    if correspondent.municipality_id != organisation.municipality_id:
        raise CorrespondentRefused(_("ほかの自治体の担当者です。この相手方の担当者にはできません。"))
    if organisation.merged_into_id:
        raise CorrespondentRefused(
            _("ほかの記録にまとめられた相手方です。まとめた先の相手方で認めてください。")
        )
    if correspondent.closed_at:
        raise CorrespondentRefused(_("利用を止めた担当者です。先に利用を元に戻してください。"))
    if correspondent.partner and correspondent.partner != organisation:
        raise CorrespondentRefused(
            _(
                "この人は%(partner)sの担当者として認められています。別のメールアドレスで窓口に入ってもらってください。"
            )
            % {"partner": correspondent.company}
        )


def responsible_of(organisation: Organisation) -> Correspondent | None:
    """The partner's responsible person, who says which colleagues come to the counter."""
    mine = Correspondent.objects.of(organisation.municipality).of_partner(organisation)
    return mine.filter(is_responsible=True).first()


@transaction.atomic
def make_responsible(correspondent: Correspondent, by: User, at: datetime) -> Correspondent:
    """The person is responsible for the partner's people from now on; whoever was before is so no longer."""
    organisation = _partner_of(correspondent)
    if correspondent.is_responsible:
        return correspondent
    appoint_instead(correspondent, organisation)
    record(
        events.MADE_RESPONSIBLE,
        by,
        correspondent,
        municipality=correspondent.municipality,
        partner=organisation.name,
    )
    tell_responsible(correspondent, organisation, at)
    correspondent.refresh_from_db()
    return correspondent


def _partner_of(correspondent: Correspondent) -> Organisation:
    if correspondent.partner is None or correspondent.closed_at:
        raise CorrespondentRefused(_("いま相手方の担当者である人だけを責任者にできます。"))
    return correspondent.partner


def appoint_instead(correspondent: Correspondent, organisation: Organisation) -> None:
    """The one row that says who is responsible moves; of two who press at once one is told."""
    people = Correspondent.objects.of(organisation.municipality).of_partner(organisation)
    try:
        with transaction.atomic():
            people.filter(is_responsible=True).update(is_responsible=False)
            if not people.filter(pk=correspondent.pk).update(is_responsible=True):
                raise CorrespondentRefused(_("いま相手方の担当者である人だけを責任者にできます。"))
    except IntegrityError as faster:
        raise CorrespondentRefused(
            _("ほかの人が先に責任者を決めました。画面を読み直して確かめてください。")
        ) from faster


def tell_responsible(correspondent: Correspondent, organisation: Organisation, at: datetime) -> None:
    """The letter to whoever has become responsible."""
    facts = {"partner": organisation.name}
    tell(
        correspondent,
        f"responsible:{at.isoformat()}",
        _("%(partner)sの責任者になりました") % facts,
        [
            _(
                "窓口のページで、同僚を招いたり、利用を止めたりできます。安全のため、窓口には入り直してください。"
            )
        ],
        at=at,
        links=[(_("会社の担当者"), town_page(correspondent, "colleagues/"))],
    )


def _appoint(correspondent: Correspondent, organisation: Organisation, by: User) -> None:
    Correspondent.objects.of(organisation.municipality).filter(pk=correspondent.pk).update(
        is_responsible=True
    )
    record(
        events.MADE_RESPONSIBLE,
        by,
        correspondent,
        municipality=correspondent.municipality,
        partner=organisation.name,
    )
