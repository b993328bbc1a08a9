"""Whom to call (緊急連絡先): chains of people with their channels, and messages that test them."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.contacts.state import ContactState
from renkei.disasters.vocabulary import ChannelKind, HowVerified, ReachedWhen
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.rules.telephone import dialled

ONE_YEAR = timedelta(days=365)
"""A contact that nobody has verified for longer than this is out of date."""


def in_words(days: int) -> str:
    """How long ago so many days are, as people say it."""
    if days < 1:
        return gettext("きょう")
    if days < 60:
        return gettext("%(count)s日前") % {"count": days}
    if days <= ONE_YEAR.days:
        return gettext("%(count)sか月前") % {"count": days * 12 // 365}
    return gettext("%(count)s年前") % {"count": max(days // 365, 1)}


class EmergencyContactQuerySet(models.QuerySet["EmergencyContact"]):
    def of(self, municipality: Municipality) -> Self:
        """Contacts in one municipality's records."""
        return self.filter(municipality=municipality)

    def in_use(self) -> Self:
        """Those that nobody has taken out."""
        return self.filter(ended_on=None)

    def of_partner(self, organisation: Organisation) -> Self:
        """Contacts of the partner, and of records that were merged into it."""
        return self.filter(Q(organisation=organisation) | Q(organisation__merged_into=organisation))

    def of_town(self) -> Self:
        """The town's own contacts, which partners are told."""
        return self.filter(organisation=None)

    def claim(self, contact: "EmergencyContact") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, contact)


class EmergencyContact(models.Model):
    """One person or desk in a chain: `position` 1 is called first; without a partner it is the town's own.

    With an agreement it is the chain for that agreement only; without one, for all of the partner's.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("相手方"),
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("市の課")
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("この協定だけの連絡先"),
    )
    position = models.PositiveSmallIntegerField(_("順番"), default=1)
    reached_when = models.CharField(
        _("いつの連絡先か"), max_length=10, choices=ReachedWhen, default=ReachedWhen.ALWAYS
    )
    unit = models.CharField(_("部署・役職"), max_length=200, blank=True)
    name = models.CharField(_("氏名"), max_length=100, blank=True)
    note = models.CharField(_("補足"), max_length=200, blank=True)
    verified_on = models.DateField(_("確かめた日"), null=True, blank=True)
    verified_how = models.CharField(_("確かめ方"), max_length=10, choices=HowVerified, blank=True)
    verified_by = models.CharField(_("確かめた相手・職員"), max_length=100, blank=True)
    failed_on = models.DateField(_("つながらなかった日"), null=True, blank=True)
    failed_note = models.CharField(_("つながらなかった記録"), max_length=200, blank=True)
    ended_on = models.DateField(_("外した日"), null=True, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = EmergencyContactQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("緊急連絡先")
        ordering = ["organisation", "agreement", "position", "pk"]
        indexes = [
            models.Index(fields=["municipality", "organisation"], name="emergency_contact_partner"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.unit, self.name) if part) or str(self._meta.verbose_name)

    def state(self, day: date) -> ContactState:
        """What is known on the day: a failure counts until somebody verifies the contact again."""
        if self.has_failed and self.failed_on and self.failed_on <= day:
            return ContactState.FAILED
        if self.verified_on is None or self.verified_on > day:
            return ContactState.NEVER
        return ContactState.OLD if day - self.verified_on > ONE_YEAR else ContactState.VERIFIED

    def is_verified(self, day: date) -> bool:
        """Whether somebody verified it within a year before the day, and it has not failed since."""
        return self.state(day) == ContactState.VERIFIED

    def age_in_words(self, day: date) -> str:
        """How long ago it was verified, or not reached: きょう, 12日前, 3か月前, 2年前; "" if nobody ever tried."""
        known = self.failed_on if self.has_failed else self.verified_on
        return in_words((day - known).days) if known else ""

    @property
    def has_failed(self) -> bool:
        """Whether it was not reached, on the day of its verification or later."""
        return self.failed_on is not None and (self.verified_on is None or self.failed_on >= self.verified_on)


class ContactChannel(models.Model):
    """One way to reach a contact; `position` 1 is tried first."""

    contact = models.ForeignKey(EmergencyContact, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("手段"), max_length=10, choices=ChannelKind, default=ChannelKind.PHONE)
    value = models.CharField(_("番号・アドレス"), max_length=200)
    position = models.PositiveSmallIntegerField(_("順番"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("連絡の手段")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{ChannelKind(self.kind).label} {self.value}"

    @property
    def link(self) -> str:
        """tel:0166000000 or mailto:…; "" for what a telephone or a mail program cannot open."""
        if self.kind in (ChannelKind.MOBILE, ChannelKind.PHONE, ChannelKind.SATELLITE):
            return f"tel:{digits}" if (digits := dialled(self.value)) else ""
        return f"mailto:{self.value}" if self.kind == ChannelKind.MAIL else ""


class TestMessage(models.Model):
    """A message that tests whether a contact is reached; the answer comes by a link without an account."""

    __test__ = False

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    contact = models.ForeignKey(EmergencyContact, on_delete=models.CASCADE, related_name="tests")
    address = models.CharField(_("宛先"), max_length=200)
    sent_at = models.DateTimeField(_("送った日時"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("試験連絡")
        ordering = ["-sent_at", "pk"]

    def __str__(self) -> str:
        return self.address

    @property
    def minutes(self) -> int | None:
        """How many minutes the answer took; None without one."""
        return int((self.answered_at - self.sent_at).total_seconds() // 60) if self.answered_at else None
