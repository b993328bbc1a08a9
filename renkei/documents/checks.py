"""Start-up checks: roots that can be read, and certificates of towns that open, hold, and are nobody else's to read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_IRWXG, S_IRWXO

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Remark

ROOT_ENDINGS = {".crt", ".cer", ".pem", ".der"}


@register
def roots_are_there(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Refuse a folder of roots that is not there, and warn of one without a certificate."""
    if not settings.TRUST:
        return []
    folder = Path(settings.TRUST)
    if not folder.is_dir():
        return [
            Error(
                f"RENKEI_TRUST is {folder}, which is no folder that can be read.",
                hint="Name a folder with the certificates (.crt, .cer, .pem, .der) of the roots that you trust.",
                id="renkei.E020",
            )
        ]
    if not any(path.suffix.lower() in ROOT_ENDINGS for path in folder.iterdir()):
        return [
            Remark(
                f"RENKEI_TRUST is {folder}, which holds no certificate: no signer can be called trusted.",
                hint="Put certificates of roots there, ending in .crt, .cer, .pem or .der.",
                id="renkei.W021",
            )
        ]
    return []


@register
def seals_can_be_set(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Tell of every town's certificate that cannot sign now, and of files that others can read."""
    if not settings.SEALS:
        return []
    folder = Path(settings.SEALS)
    if not folder.is_dir():
        return [
            Error(
                f"RENKEI_SEALS is {folder}, which is no folder that can be read.",
                hint="Name a folder with <municipality code>.p12 and <municipality code>.password.",
                id="renkei.E022",
            )
        ]
    return [message for path in sorted(folder.glob("*.p12")) for message in _faults_of(path)]


def _faults_of(path: Path) -> Iterator[CheckMessage]:
    from renkei.documents.signatures.sealing import SealRefused, signer_of

    for file in (path, path.with_suffix(".password")):
        if file.exists() and file.stat().st_mode & (S_IRWXG | S_IRWXO):
            yield Remark(
                f"{file} can be read by others than its owner.", hint=f"chmod 600 {file}", id="renkei.W023"
            )
    try:
        signer_of(path)
    except SealRefused as refusal:
        yield Remark(
            f"{path}: papers leave without a seal. {refusal}",
            hint=f"Check {path.name}, {path.stem}.password beside it, and the certificate's days.",
            id="renkei.W024",
        )
