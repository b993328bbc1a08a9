"""People of a municipality and the roles they hold, from day to day."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Division, Municipality


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("管理者")
    COORDINATOR = "coordinator", _("総括課の担当者")
    RESPONSIBLE = "responsible", _("担当課の担当者")
    DISASTER_OFFICER = "disaster_officer", _("防災担当者")
    READER = "reader", _("閲覧者")
    AUDITOR = "auditor", _("監査")


class UserManager(BaseUserManager["User"]):
    def create_user(self, sign_in_name: str, password: str | None = None, **fields: object) -> "User":
        """A person who can sign in; without a password nobody can sign in under this name."""
        user = self.model(sign_in_name=sign_in_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works for one municipality."""

    sign_in_name = models.CharField(_("サインイン名"), max_length=60, unique=True)
    name = models.CharField(_("氏名"), max_length=60)
    email = models.EmailField(_("メールアドレス"), blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("有効"), default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = _("職員")
        ordering = ["sign_in_name"]

    def __str__(self) -> str:
        return self.name

    def holds(self, *roles: Role, day: date) -> bool:
        """Whether the person holds one of the roles on the day, in whatever division."""
        return self.assignments.holding_on(day).filter(role__in=roles).exists()

    def works_for(self, division: Division | None, *, day: date) -> bool:
        """Whether the person is a responsible clerk of the division on the day."""
        if division is None:
            return False
        held = self.assignments.holding_on(day).filter(role=Role.RESPONSIBLE)
        return held.filter(division=division).exists()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def holding_on(self, day: date) -> Self:
        """Assignments valid on the day, first and last day included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Assignment(models.Model):
    """A role that a person holds in a division, from a first to a last day (inclusive)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField(_("役割"), max_length=20, choices=Role)
    starts_on = models.DateField(_("始期"))
    ends_on = models.DateField(_("終期"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("担当")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_on_or_after_it_starts",
                violation_error_message=_("終期は始期と同じ日か、それより後の日にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
