"""Files that could harm whoever opens them are not kept; the sentence says why and what to do."""

import json
import tempfile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.documents.bounded import ask
from renkei.documents.dangers.archive import check_directory
from renkei.documents.dangers.child import BOUNDS
from renkei.documents.dangers.ole import check_ole
from renkei.documents.dangers.pdf import has_objects
from renkei.documents.dangers.picture import check_picture
from renkei.documents.dangers.told import Danger, Dangerous

PDF = "application/pdf"
OLD_OFFICE = "application/x-ole-storage"
SENTENCES = {
    Danger.TOO_LARGE: gettext_lazy(
        "広げると大きくなりすぎるファイルです(500MBまで)。絵や表を減らすか、PDFで保存し直してください。"
    ),
    Danger.TOO_MANY_PARTS: gettext_lazy(
        "部品が多すぎるファイルです(5,000個まで)。Officeで開き、新しい名前で保存し直してください。"
    ),
    Danger.ODD_NAME: gettext_lazy(
        "ファイルの中に、正しくない名前の部品があります(%(place)s)。Officeで開き、新しい名前で保存し直してください。"
    ),
    Danger.LOCKED: gettext_lazy(
        "開くのにパスワードが要るファイルです。パスワードを外して保存し直してください。"
    ),
    Danger.LYING: gettext_lazy(
        "中身と目録の合わないファイルです。Officeで開き、新しい名前で保存し直してください。"
    ),
    Danger.NESTED: gettext_lazy(
        "ファイルの中に別の圧縮ファイルがあります(%(place)s)。取り出して、別のファイルとして添付してください。"
    ),
    Danger.MACROS: gettext_lazy(
        "マクロ(プログラム)を含むファイルです。マクロのない形式(.docx・.xlsx・.pptx)で保存し直してください。"
    ),
    Danger.COMMAND_FIELD: gettext_lazy(
        "ほかのプログラムを呼び出す欄(DDE)のあるファイルです。その欄を文字に直すか、PDFで保存し直してください。"
    ),
    Danger.REMOTE: gettext_lazy(
        "開くと外部から読み込むファイルです(%(place)s)。リンクを解除して保存し直すか、PDFで保存してください。"
    ),
    Danger.EMBEDDED: gettext_lazy(
        "別のファイルが埋め込まれています(%(place)s)。埋め込みを外し、別のファイルとして添付してください。"
    ),
    Danger.ENTITIES: gettext_lazy(
        "外部を参照する仕掛け(DTD)の入ったファイルです。Officeで開き、新しい名前で保存し直してください。"
    ),
    Danger.BROKEN: gettext_lazy(
        "壊れているファイルです(%(place)s)。Officeで開けるか確かめ、新しい名前で保存し直してください。"
    ),
    Danger.WRONG_TYPE: gettext_lazy(
        "名乗っている種類と中身の違うファイルです(%(place)s)。Officeで開き、新しい名前で保存し直してください。"
    ),
    Danger.MANY_PAGES: gettext_lazy(
        "ページが多すぎるPDFです(%(place)sページ。5,000ページまで)。分けてください。"
    ),
    Danger.SCRIPT: gettext_lazy("プログラム(JavaScript)を含むPDFです。印刷してPDFに保存し直してください。"),
    Danger.LAUNCH: gettext_lazy("ほかのプログラムを起動するPDFです。印刷してPDFに保存し直してください。"),
    Danger.ENCLOSED: gettext_lazy(
        "別のファイルが添付されているPDFです。取り出して別に添付し、PDFは印刷してPDFに保存し直してください。"
    ),
    Danger.MEDIA: gettext_lazy("動画や立体図を含むPDFです。印刷してPDFに保存し直してください。"),
    Danger.XFA: gettext_lazy("動く様式(XFA)のPDFです。印刷してPDFに保存し直してください。"),
    Danger.PICTURE: gettext_lazy("画像が大きすぎます(%(place)s)。小さくして保存し直してください。"),
    Danger.UNCHECKED: gettext_lazy(
        "複雑すぎて、安全かどうか確かめられないファイルです。印刷してPDFに保存し直してください。"
    ),
}
RESIGN = gettext_lazy("電子署名のあるPDFなら、それらを除いたPDFに署名し直してもらってください。")
RESIGNED = (Danger.SCRIPT, Danger.LAUNCH, Danger.ENCLOSED, Danger.MEDIA, Danger.XFA, Danger.UNCHECKED)


class DocumentRefused(ValueError):
    """The file is not kept; str() says why and what to do."""


def refuse_hostile(content: bytes, media_type: str) -> None:
    """Refuse a file that could harm its reader; what must be parsed for that is parsed in a process of its own."""
    try:
        _check(content, media_type)
    except Dangerous as danger:
        raise DocumentRefused(_sentence(danger, content)) from danger


def _check(content: bytes, media_type: str) -> None:
    if media_type.startswith("image/"):
        check_picture(content)
    elif media_type == OLD_OFFICE:
        check_ole(content)
    elif media_type != PDF:
        check_directory(content)
        _check_apart(content, media_type)
    elif has_objects(content):
        _check_apart(content, media_type)


def _check_apart(content: bytes, media_type: str) -> None:
    """Have a bounded process look; where it does not answer, the file cannot be called harmless."""
    with tempfile.NamedTemporaryFile(suffix=".document") as copy:
        copy.write(content)
        copy.flush()
        answer = ask("renkei.documents.dangers.child", copy.name, media_type, bounds=BOUNDS)
    if not answer.is_whole:
        raise Dangerous(Danger.UNCHECKED)
    found = json.loads(answer.content)
    if found["danger"]:
        raise Dangerous(Danger(found["danger"]), found["place"])


def _sentence(danger: Dangerous, content: bytes) -> str:
    place = "".join(letter for letter in danger.place if letter.isprintable())[:80]
    told = str(SENTENCES[danger.danger]) % {"place": place or _("場所は分かりません")}
    return told + str(RESIGN) if danger.danger in RESIGNED and b"/ByteRange" in content else told
