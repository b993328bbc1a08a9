"""Letters to a partner: receipt of a proposal, renewal, ending, request, and what goes with enclosed papers."""

from renkei.documents.papers.blocks import (
    END,
    KI,
    Block,
    Facts,
    Heading,
    Line,
    Listed,
    Noted,
    Only,
    PaperText,
    Ruled,
    body,
    right,
)
from renkei.documents.vocabulary import PaperKind

TO: tuple[Block, ...] = (
    Only("相手方の所在地", (Line("{{ 相手方の所在地 }}", space_before=True),)),
    Only("相手方の代表者", (Line("{{ 相手方の名称 }}"), Line("{{ 相手方の代表者 }}　様"))),
    Only("相手方の代表者", (Line("{{ 相手方の名称 }}　御中"),), empty=True),
)
FROM = Line("{{ 発信者 }}", align="right", space_before=True)
SENT: tuple[Block, ...] = (right("{{ 文書番号 }}"), right("{{ 発信日 }}"), *TO, FROM)
ASK: tuple[Block, ...] = (
    Line("(担当)　{{ 自治体名 }}　{{ 担当課 }}　{{ 担当者 }}", align="right", space_before=True),
)

RECEIPT = PaperText(
    PaperKind.RECEIPT,
    (
        *SENT,
        Heading("連携協定に係る御提案の受付について(通知)"),
        body("日頃から、{{ 自治体名 }}の行政に御理解と御協力をいただき、厚くお礼申し上げます。"),
        body("このたび御提案いただいた次の件について、下記のとおり受け付けましたので、お知らせします。"),
        body(
            "今後は、御提案の内容を担当課で確認し、必要に応じてお話を伺った上で、協定の締結に向けた協議を進めるかどうかをお返事します。"
            "なお、この通知は、協定の締結をお約束するものではありません。"
        ),
        KI,
        Noted(
            (
                ("1　件名", "{{ 件名 }}"),
                ("2　受付番号", "{{ 受付番号 }}"),
                ("3　受付日", "{{ 受付日 }}"),
            )
        ),
        END,
        *ASK,
    ),
)
RENEWAL = PaperText(
    PaperKind.RENEWAL,
    (
        *SENT,
        Heading("協定の更新について(通知)"),
        body("日頃から、協定に基づく取組に御協力をいただき、厚くお礼申し上げます。"),
        body(
            "下記の協定は、まもなく有効期間が満了しますが、{{ 自治体名 }}としては、引き続き同じ内容で更新したいと考えておりますので、お知らせします。"
        ),
        body(
            "更新について御意見がある場合や、更新を希望されない場合は、申出の期限までに、書面で担当課へお申し出ください。"
        ),
        KI,
        Noted(
            (
                ("1　協定の名称", "{{ 協定名 }}"),
                ("2　締結日", "{{ 締結日 }}"),
                ("3　有効期間の満了日", "{{ 期間の満了日 }}"),
                ("4　更新後の期間", "{{ 更新後の期間 }}"),
                ("5　申出の期限", "{{ 申出の期限 }}"),
            )
        ),
        END,
        *ASK,
    ),
)
ENDING = PaperText(
    PaperKind.ENDING,
    (
        *SENT,
        Heading("協定の終了について(通知)"),
        body("これまで、協定に基づく取組に御尽力をいただき、厚くお礼申し上げます。"),
        body("次の協定は、下記のとおり終了しますので、お知らせします。"),
        body("今後とも、{{ 自治体名 }}の行政に御理解と御協力をくださるよう、お願い申し上げます。"),
        KI,
        Noted(
            (
                ("1　協定の名称", "{{ 協定名 }}"),
                ("2　締結日", "{{ 締結日 }}"),
                ("3　協定の最後の日", "{{ 終了日 }}"),
                ("4　終了の理由", "{{ 終了の理由 }}"),
            )
        ),
        END,
        *ASK,
    ),
)
REQUEST = PaperText(
    PaperKind.REQUEST,
    (
        right("{{ 文書番号 }}"),
        right("{{ 要請日 }}"),
        *TO,
        FROM,
        Heading("協定に基づく協力の要請について(要請)"),
        body("{{ 締結日 }}に締結した「{{ 協定名 }}」に基づき、下記のとおり協力を要請します。"),
        KI,
        Facts(
            (
                ("1　要請の理由", "{{ 要請の理由 }}"),
                ("2　要請の内容", "{{ 要請の内容 }}"),
            )
        ),
        Ruled((("品名・作業", 60), ("数量・人数", 35), ("備考", 65)), rows=3),
        Facts(
            (
                ("3　引渡しの場所", "{{ 引渡しの場所 }}"),
                ("4　希望する日時", "{{ 希望する日時 }}"),
                ("5　連絡先", "{{ 担当課 }}　{{ 連絡先 }}"),
            )
        ),
        END,
        Heading("受け取った方の記入欄(お返事)", level=2),
        Ruled((("協力の可否", 40), ("できる内容・数量", 60), ("到着の見込み・担当者", 60)), rows=1),
    ),
)
COVER = PaperText(
    PaperKind.COVER,
    (
        *SENT,
        Heading("文書の送付について"),
        body("日頃から、{{ 自治体名 }}の行政に御理解と御協力をいただき、厚くお礼申し上げます。"),
        body("「{{ 件名 }}」について、下記の文書をお送りします。"),
        Only("用件", (body("{{ 用件 }}"),)),
        KI,
        Listed("送付するもの", (("番号", "番号", 15), ("文書の名称", "名前", 110), ("部数", "部数", 30))),
        END,
        *ASK,
    ),
)
LETTERS = (RECEIPT, RENEWAL, ENDING, REQUEST, COVER)
