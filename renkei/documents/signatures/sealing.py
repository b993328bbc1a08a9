"""The town's seal: its own certificate signs the PDFs that it makes (PAdES B-B), with the town's name to be seen.

No machine is asked for anything: the certificate and its password are files in the folder that RENKEI_SEALS names.
"""

import io
import logging
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.documents.paper import Paper, paper
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import japanese_date

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

LOOK = Path(__file__).parent / "seal.typ"
FIELD = "TownSeal"
BOX = (355, 12, 545, 42)
"""In the lower margin of the last page, to the right; points from its lower left corner."""
SPACE = 16_384
logger = logging.getLogger(__name__)


class SealRefused(ValueError):
    """The paper cannot be sealed; str() says what stands in the way."""


def certificate_of(municipality: Municipality) -> Path | None:
    """The town's certificate file, where the operator has put one."""
    path = Path(settings.SEALS) / f"{municipality.code}.p12" if settings.SEALS else None
    return path if path and path.is_file() else None


def why_not_sealed(municipality: Municipality) -> str | None:
    """None where papers are sealed or no certificate is set; otherwise why they leave without a seal."""
    path = certificate_of(municipality)
    if path is None:
        return None
    try:
        signer_of(path)
    except SealRefused as refusal:
        return str(refusal)
    return None


def sealed_if_wanted(made: Paper, municipality: Municipality) -> Paper:
    """The paper under the town's seal; as it is where the town has none or the seal cannot be set."""
    if certificate_of(municipality) is None:
        return made
    try:
        return replace(made, content=sealed(made.content, municipality))
    except SealRefused as refusal:
        logger.warning("The paper leaves without the seal of %s: %s", municipality.code, refusal)
        return made


def sealed(pdf: bytes, municipality: Municipality) -> bytes:
    """The PDF signed with the town's certificate; what stood in it stands there unaltered."""
    path = certificate_of(municipality)
    if path is None:
        raise SealRefused(_("電子証明書が置かれていません。システムの管理者に知らせてください。"))
    signer = signer_of(path)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as look:
        look.write(_look(municipality))
        look.flush()
        return _signed(pdf, signer, municipality, look.name)


def signer_of(path: Path) -> "SimpleSigner":
    """The key that signs; refused where password or days do not fit."""
    from pyhanko.sign.signers import SimpleSigner

    try:
        password = path.with_suffix(".password").read_text().strip()
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(path.read_bytes(), [], password.encode())
    except OSError as error:
        raise SealRefused(
            _("電子証明書(%(name)s)かパスワードのファイルを読めません。システムの管理者に知らせてください。")
            % {"name": path.name}
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise SealRefused(
            _("電子証明書(%(name)s)をパスワードで開けません。システムの管理者に知らせてください。")
            % {"name": path.name}
        ) from error
    _refuse_outside_its_days(signer)
    return signer


def _refuse_outside_its_days(signer: "SimpleSigner") -> None:
    certificate = signer.signing_cert
    if certificate is None:
        raise SealRefused(_("電子証明書の入っていないファイルです。システムの管理者に知らせてください。"))
    if not certificate.not_valid_before <= timezone.now() <= certificate.not_valid_after:
        raise SealRefused(
            _(
                "電子証明書の有効期間(%(first)sから%(last)sまで)の外です。新しい証明書をシステムの管理者に頼んでください。"
            )
            % {
                "first": japanese_date(timezone.localdate(certificate.not_valid_before)),
                "last": japanese_date(timezone.localdate(certificate.not_valid_after)),
            }
        )


def _look(municipality: Municipality) -> bytes:
    return paper(LOOK, {"town": municipality.name, "line": _("この文書は電子署名されています")}).content


def _signed(pdf: bytes, signer: "SimpleSigner", municipality: Municipality, look: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import StaticStampStyle

    told = PdfSignatureMetadata(
        field_name=FIELD, subfilter=SigSeedSubFilter.PADES, name=municipality.name, md_algorithm="sha256"
    )
    whole = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins(),
        inner_content_scaling=InnerScaling.STRETCH_FILL,
    )
    style: Any = StaticStampStyle.from_pdf_file(
        look, border_width=0, background_opacity=1, background_layout=whole
    )
    place = SigFieldSpec(FIELD, on_page=-1, box=BOX, readable_field_name=_("電子署名"))
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    written = PdfSigner(told, signer, stamp_style=style, new_field_spec=place).sign_pdf(
        writer, bytes_reserved=SPACE
    )
    made: bytes = written.getvalue()
    return made
