"""Links that let a person in once: an invitation, or the way back after a forgotten password."""

from datetime import datetime, timedelta
from typing import Self

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id

SALT = "renkei.accounts.links"


class Purpose(models.TextChoices):
    INVITATION = "invitation", _("招待")
    RESET = "reset", _("パスワードの再設定")


LASTS = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=1)}


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def of(self, municipality: Municipality) -> Self:
        """Links for people of one municipality."""
        return self.filter(municipality=municipality)

    def open_at(self, moment: datetime) -> Self:
        """Links that can still be used."""
        return self.filter(used_at=None, expires_at__gt=moment)


class SignInLink(models.Model):
    """A link for one person, usable once and until a moment; a newer one of the person replaces it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="sign_in_links")
    purpose = models.CharField(_("目的"), max_length=12, choices=Purpose)
    made_at = models.DateTimeField(_("作った日時"))
    expires_at = models.DateTimeField(_("期限"))
    used_at = models.DateTimeField(_("使った日時"), null=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("サインインのリンク")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return str(Purpose(self.purpose).label)

    @property
    def token(self) -> str:
        """What stands in the address: the link's id, signed, so that knowing the database makes no link."""
        return signing.Signer(salt=SALT).sign(self.public_id)


def make_link(user_id: int, municipality_id: int, purpose: Purpose, *, at: datetime) -> SignInLink:
    """A new link for the person; former ones that were not used stop working."""
    SignInLink.objects.filter(user_id=user_id, used_at=None).update(used_at=at)
    return SignInLink.objects.create(
        user_id=user_id,
        municipality_id=municipality_id,
        purpose=purpose,
        made_at=at,
        expires_at=at + LASTS[purpose],
    )


def link_of(token: str, *, at: datetime) -> SignInLink | None:
    """The usable link that the token names, or None: forged, used, replaced and late ones are all the same."""
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    usable = SignInLink.objects.open_at(at).filter(public_id=public_id, user__is_active=True)
    found = usable.select_related("user", "municipality").first()
    return None if found is None or found.user.has_left(timezone.localdate(at)) else found


def use_link(link: SignInLink, *, at: datetime) -> bool:
    """Take the link; of two who press at once one takes it."""
    return SignInLink.objects.open_at(at).filter(pk=link.pk).update(used_at=at) == 1
