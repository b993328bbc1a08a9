"""Why a Word file cannot be a template: the sentences, and the refusal that carries one with its place."""

from django.utils.translation import gettext, gettext_noop

LARGEST = 1536 * 1024
WAYS = "{{ 項目 }}、{% for 行 in 一覧 %}…{% endfor %}、{% if 項目 %}…{% endif %}"
PAIRS = "{{ と }}、{% for … %} と {% endfor %}、{% if … %} と {% endif %}"
OF_A_ROW = "{{ 行.取組 }}"
NOT_ALLOWED = gettext_noop(
    "使えない書き方があります(「%(place)s」のあたり)。使えるのは %(ways)s だけです。標準のひな形を見て、書き直してください。"
)
BROKEN = gettext_noop(
    "差し込みの書き方が閉じていないか、途中で切れています(「%(place)s」のあたり)。始まりと終わりの組(%(pairs)s)を確かめてください。"
)
NESTED = gettext_noop(
    "一覧の中で、もう一つの一覧を繰り返すことはできません(「%(place)s」のあたり)。分けて書いてください。"
)
WHOLE_ROW = gettext_noop(
    "一覧の行からは、項目を一つずつ書いてください(「%(place)s」のあたり)。例: %(example)s"
)
SOMEBODY_ELSE_TOO = gettext_noop(
    "ほかの人が同時に登録しました。画面を読み直し、そのひな形を確かめてから、もう一度登録してください。"
)
TOO_LARGE = gettext_noop("ひな形が大きすぎます。1.5 MBまで登録できます。図を小さくするか、外してください。")
GROWN = gettext_noop("差し込むと大きくなりすぎます。一覧の行の中の図や文を減らすか、一覧を短くしてください。")
NOT_WORD = gettext_noop(
    "Word文書(.docx)として読めないファイルです。Wordで開き、「Word文書(.docx)」で保存し直してください。"
)
WIDE_BRACES = gettext_noop("項目の波かっこが全角です(「%(place)s」)。半角で書いてください: %(ways)s")
ELSEWHERE = gettext_noop(
    "差し込めない場所に項目があります(「%(place)s」)。図の説明やリンクの中ではなく、本文か表の文字として書いてください。"
)


class TemplateRefused(ValueError):
    """The Word file cannot be a template; str() says what is wrong, where, and what to do."""

    def __init__(self, sentence: str, place: str = "") -> None:
        self.sentence, self.place = sentence, place
        super().__init__(sentence, place)

    def __str__(self) -> str:
        told = {"place": self.place, "ways": WAYS, "pairs": PAIRS, "example": OF_A_ROW}
        return gettext(self.sentence) % told
