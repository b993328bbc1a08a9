"""The installation's secret key: TOTP secrets, recovery codes and secret addresses hold only with it."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _


def told_key(*, is_encrypted: bool) -> dict[str, str]:
    """What a backup says of the key: its fingerprint; the key itself only where nobody reads it by the way."""
    told = {"key": _fingerprint(settings.SECRET_KEY)}
    return told | {"secret_key": settings.SECRET_KEY} if is_encrypted else told


def take_over(manifest: dict[str, Any], told: Callable[[str], object]) -> None:
    """Put the backup's key in the place of the new installation's own, or say what is lost without it."""
    if manifest.get("key", "") in ("", _fingerprint(settings.SECRET_KEY)):
        return
    place = Path(settings.VAR) / "secret_key"
    if manifest.get("secret_key") and _is_from(place):
        _write(place, str(manifest["secret_key"]))
        told(
            _("SECRET_KEYも戻しました(%(place)s)。動いているRenkeiがあれば、始め直してください。")
            % {"place": place}
        )
        return
    told(
        _(
            "SECRET_KEYが、控えを取った環境と違います。認証アプリ・予備コード・招待のリンク・"
            "カレンダーのアドレスはこのままでは使えません。"
            "元の環境の var/secret_key(または環境変数SECRET_KEY)を写すと使えます。写せないときは、"
            "職員に登録し直してもらってください。"
        )
    )


def _fingerprint(key: str) -> str:
    return hashlib.sha256(f"renkei.backups:{key}".encode()).hexdigest()[:16]


def _is_from(place: Path) -> bool:
    """Whether the key that holds here was read from the place, not from the environment."""
    return place.is_file() and place.read_text().strip() == settings.SECRET_KEY


def _write(place: Path, key: str) -> None:
    beside = place.with_name(f"{place.name}.new")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600, exist_ok=False)
    with beside.open("w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(place)
