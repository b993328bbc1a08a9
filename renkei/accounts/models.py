"""People of a municipality and the roles they hold, from day to day."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("管理者")
    COORDINATOR = "coordinator", _("総括課の担当者")
    RESPONSIBLE = "responsible", _("担当課の担当者")
    DISASTER_OFFICER = "disaster_officer", _("防災担当者")
    READER = "reader", _("閲覧者")
    AUDITOR = "auditor", _("監査")


class UserQuerySet(models.QuerySet["User"]):
    def of(self, municipality: Municipality) -> Self:
        """People of one municipality."""
        return self.filter(municipality=municipality)

    def with_name_containing(self, words: str) -> Self:
        """People whose name, written with or without a blank, or whose sign-in name holds the words."""
        bare = "".join(words.split())
        if not bare:
            return self
        joined = Replace(Replace("name", Value(" "), Value("")), Value("\u3000"), Value(""))
        return self.alias(joined_name=joined).filter(
            Q(joined_name__icontains=bare) | Q(sign_in_name__icontains=bare)
        )

    def holding(self, *, role: str = "", division: Division | None = None, day: date) -> Self:
        """People who hold a role on the day: the given one, in the given division, as far as they are given."""
        held = Assignment.objects.holding_on(day).filter(user=OuterRef("pk"))
        held = held.filter(role=role) if role else held
        return self.filter(Exists(held.filter(division=division) if division else held))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def of(self, municipality: Municipality) -> UserQuerySet:
        """People of one municipality."""
        return self.get_queryset().of(municipality)

    def create_user(self, sign_in_name: str, password: str | None = None, **fields: object) -> "User":
        """A person who can sign in; without a password nobody can sign in under this name."""
        user = self.model(sign_in_name=sign_in_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works for one municipality."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    sign_in_name = models.CharField(_("サインイン名"), max_length=60, unique=True)
    name = models.CharField(_("氏名"), max_length=60)
    email = models.EmailField(_("メールアドレス"), blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("有効"), default=True)
    last_day = models.DateField(_("在籍の最後の日"), null=True, blank=True)
    open_since = models.DateTimeField(_("使えるようになった日時"), default=timezone.now, editable=False)
    # Raised whenever all of the person's sessions end: a session carries the number it began with.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = _("職員")
        ordering = ["sign_in_name"]

    def __str__(self) -> str:
        return self.name

    def has_left(self, day: date) -> bool:
        """Whether the person's last day in the town lies before the day."""
        return self.last_day is not None and self.last_day < day

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is bound to: the password, and how often all sessions were ended."""
        bound = f"{self.sessions_ended} {self.password}"
        return salted_hmac("renkei.accounts.session", bound, secret=secret, algorithm="sha256").hexdigest()

    def holds(self, *roles: Role, day: date) -> bool:
        """Whether the person holds one of the roles on the day, in whatever division; as a deputy too."""
        return self.assignments.holding_on(day).filter(role__in=roles).exists()

    def works_for(self, division: Division | None, *, day: date) -> bool:
        """Whether the person is a responsible clerk of the division on the day, or the deputy of one."""
        if division is None:
            return False
        held = self.assignments.holding_on(day).filter(role=Role.RESPONSIBLE)
        return held.filter(division=division).exists()


_WHERE = Coalesce("division", 0)
"""The division, or 0 for a role in no division: two of the latter are the same, which NULLs are not."""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def holding_on(self, day: date) -> Self:
        """Assignments valid on the day, first and last day included.

        A deputy's holds only while the other holds the same role in the same division himself.
        """
        valid = Q(ends_on=None) | Q(ends_on__gte=day), Q(starts_on__lte=day)
        others = Assignment.objects.filter(*valid, user=OuterRef("deputy_for"), deputy_for=None)
        same = others.alias(where=_WHERE).filter(role=OuterRef("role"), where=OuterRef("where"))
        return self.alias(where=_WHERE).filter(Q(deputy_for=None) | Q(Exists(same)), *valid)

    def own(self) -> Self:
        """Roles that people hold themselves, not for another."""
        return self.filter(deputy_for=None)

    def until(self, day: date) -> Self:
        """Assignments that are held on the day or will be later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Assignment(models.Model):
    """A role that a person holds in a division, from a first to a last day (inclusive)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField(_("役割"), max_length=20, choices=Role)
    deputy_for = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("代理をする相手"),
    )
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
            models.CheckConstraint(
                condition=Q(deputy_for=None) | (Q(ends_on__isnull=False) & ~Q(deputy_for=F("user"))),
                name="deputy_is_another_and_for_a_time",
                violation_error_message=_("代理は本人以外とし、終期を決めてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.words}"

    @property
    def words(self) -> str:
        """The role in its division; of a deputy, for whom: 担当課の担当者(防災課)・見本 防人の代理."""
        where = f"({self.division})" if self.division else ""
        words = f"{self.get_role_display()}{where}"
        return _for_whom(words, self.deputy_for) if self.deputy_for else words

    def covers(self, day: date) -> bool:
        """Whether the day lies between the first and the last day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


def _for_whom(words: str, person: User) -> str:
    return gettext("%(role)s・%(name)sの代理") % {"role": words, "name": person.name}


class Draft(models.Model):
    """What a person has typed into a form and not yet sent, kept by the form's address."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    content = models.JSONField(_("書きかけ"))
    kept_at = models.DateTimeField(_("保存日時"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("書きかけ")
        ordering = ["-kept_at"]
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="draft_once_for_a_form")]

    def __str__(self) -> str:
        return self.address


# The records of signing in stand in modules of their own; Django wants to find them here.
from renkei.accounts.factors import Passkey, RecoveryCode, RequiredFactor, TotpKey  # noqa: E402, F401
from renkei.accounts.links import SignInLink  # noqa: E402, F401
from renkei.accounts.lock_out import Tries  # noqa: E402, F401
from renkei.accounts.sittings import Sitting  # noqa: E402, F401
