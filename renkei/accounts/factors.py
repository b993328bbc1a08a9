"""What a person has besides the password: an authenticator app, passkeys, recovery codes; and who must have it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class TotpKey(models.Model):
    """The secret that a person's authenticator app shares; `last_counter` is the newest code that was taken."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="totp_key")
    sealed = models.TextField()
    last_counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(_("登録日時"))

    class Meta:
        verbose_name = verbose_name_plural = _("認証アプリ")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class KeptPasskey(models.Model):
    """A key pair whose private half never leaves the device of the person who holds it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("呼び名"), max_length=40)
    credential_id = models.CharField(max_length=1400, unique=True)
    public_half = models.TextField()
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(_("登録日時"))
    used_at = models.DateTimeField(_("最後に使った日時"), null=True)

    class Meta:
        abstract = True
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def holder_id(self) -> str:
        """The public id of whoever holds it."""
        raise NotImplementedError


class Passkey(KeptPasskey):
    """A passkey of somebody who works for a municipality."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="passkeys")

    class Meta(KeptPasskey.Meta):
        verbose_name = verbose_name_plural = _("パスキー")

    @property
    def holder_id(self) -> str:
        """The public id of the person."""
        return self.user.public_id


class RecoveryCode(models.Model):
    """A code for the day when app and passkeys are out of reach; only its digest is kept, and it works once."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(_("使った日時"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("予備コード")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class RequiredFactorQuerySet(models.QuerySet["RequiredFactor"]):
    def of(self, municipality: Municipality) -> Self:
        """What one municipality requires."""
        return self.filter(municipality=municipality)


class RequiredFactor(models.Model):
    """That whoever holds this role in the municipality must have a second factor."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    role = models.CharField(_("役割"), max_length=20)

    objects = RequiredFactorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("二要素を求める役割")
        ordering = ["role"]
        constraints = [models.UniqueConstraint(fields=["municipality", "role"], name="factor_required_once")]

    def __str__(self) -> str:
        return self.role
