"""People of partners who come to a town's counter: a confirmed mail address first, an account later."""

from datetime import datetime
from typing import Self

from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from renkei.accounts.factors import KeptPasskey
from renkei.audit.actors import Outsider
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation


class CorrespondentQuerySet(models.QuerySet["Correspondent"]):
    def of(self, municipality: Municipality) -> Self:
        """Those who come to one municipality's counter."""
        return self.filter(municipality=municipality)

    def active(self) -> Self:
        """Those whose access nobody has ended."""
        return self.filter(closed_at=None)

    def with_address(self, email: str) -> Self:
        """Whoever comes under the mail address, whatever the case of its letters."""
        return self.alias(folded=Lower("email")).filter(folded=email.lower())

    def of_partner(self, organisation: Organisation) -> Self:
        """Those whom the town has accepted as people of the partner, and who still are."""
        return self.active().belonging_to(organisation)

    def belonging_to(self, organisation: Organisation) -> Self:
        """Those of the partner, and of records that were merged into it; parted again, they are their own again."""
        return self.filter(Q(organisation=organisation) | Q(organisation__merged_into=organisation))


class Correspondent(models.Model):
    """Somebody outside the town hall who writes to one town under a mail address that was confirmed by mail.

    `organisation` is set by the town's staff, or by the responsible person of the partner who invited the colleague,
    never by what a person writes of themselves: what it opens are the partner's records. `organisation_name` is what
    the person says.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("メールアドレス"))
    name = models.CharField(_("氏名"), max_length=60, blank=True)
    organisation_name = models.CharField(_("会社・団体の名称"), max_length=300, blank=True)
    unit = models.CharField(_("部署・役職"), max_length=200, blank=True)
    phone = models.CharField(_("電話番号"), max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("相手方"),
    )
    is_responsible = models.BooleanField(_("責任者"), default=False)
    confirmed_at = models.DateTimeField(_("アドレスを確かめた日時"), null=True, blank=True)
    password = models.CharField(max_length=128, blank=True)
    closed_at = models.DateTimeField(_("利用を止めた日時"), null=True, blank=True)
    was_closed_by_town = models.BooleanField(_("市が利用を止めた"), default=False)
    # Raised whenever all of the person's sessions end: a session carries the number it began with.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("相手方の担当者")
        ordering = ["municipality", "email"]
        constraints = [
            models.UniqueConstraint("municipality", Lower("email"), name="correspondent_once_for_an_address"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_responsible=True, closed_at=None),
                name="correspondent_one_responsible",
                violation_error_message=_("責任者は一人だけです。先に、いまの責任者から引き継いでください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def company(self) -> str:
        """The partner as the town knows it; before that, what the person says."""
        return self.partner.name if self.partner else self.organisation_name

    @property
    def sign_in_name(self) -> str:
        """Under what a device keeps the person's passkey."""
        return self.email

    @property
    def partner(self) -> Organisation | None:
        """The partner whose person it is: where the record was merged into another, that one."""
        return (self.organisation.merged_into or self.organisation) if self.organisation else None

    @property
    def as_actor(self) -> Outsider:
        """As the log names the person: 見本製薬株式会社 山田花子."""
        return Outsider(f"{self.company} {self}".strip())

    def has_password(self, password: str) -> bool:
        """Whether this is the person's password; nobody's where none was chosen."""
        return bool(self.password) and check_password(password, self.password)

    @property
    def standing(self) -> str:
        """What a session is bound to: password, partner, responsibility, and how often all sessions were ended."""
        bound = f"{self.sessions_ended} {self.password} {self.organisation_id} {self.is_responsible} {self.closed_at}"
        return salted_hmac("renkei.correspondents.standing", bound, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """Every session of the person ends with its next request; called inside a change."""
        type(self).objects.filter(pk=self.pk).update(sessions_ended=F("sessions_ended") + 1)


class CounterPasskey(KeptPasskey):
    """A passkey of a correspondent."""

    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="passkeys")

    class Meta(KeptPasskey.Meta):
        verbose_name = verbose_name_plural = _("相手方のパスキー")

    @property
    def holder_id(self) -> str:
        """The public id of the correspondent."""
        return self.correspondent.public_id


class Purpose(models.TextChoices):
    BEGIN = "begin", _("提案を始める")
    ENTER = "enter", _("窓口に入る")
    INVITATION = "invitation", _("同僚からの招待")


class CounterLinkQuerySet(models.QuerySet["CounterLink"]):
    def of(self, municipality: Municipality) -> Self:
        """Links to one municipality's counter."""
        return self.filter(municipality=municipality)

    def open_at(self, moment: datetime) -> Self:
        """Links that can still be used, of people whose access nobody has ended."""
        return self.filter(used_at=None, expires_at__gt=moment, correspondent__closed_at=None)


class CounterLink(models.Model):
    """A link by mail that lets one person in, once and until a moment; `target` is the page it leads to.

    `organisation` is the partner to which an invitation leads: the person joins it by following the link.

    The address holds the id and a signature, so that knowing the database makes no link.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(_("目的"), max_length=12, choices=Purpose)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("相手方"),
    )
    target = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(_("作った日時"))
    expires_at = models.DateTimeField(_("期限"))
    used_at = models.DateTimeField(_("使った日時"), null=True, blank=True)

    objects = CounterLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("窓口のリンク")
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["municipality", "made_at"], name="counter_link_made")]

    def __str__(self) -> str:
        return str(Purpose(self.purpose).label)
