"""Papers between divisions, and of the talks: inquiry, answer, minutes, list of initiatives."""

from renkei.documents.papers.blocks import (
    END,
    KI,
    Facts,
    Heading,
    Line,
    Listed,
    Noted,
    Only,
    PaperText,
    body,
    right,
)
from renkei.documents.vocabulary import PaperKind

INQUIRY = PaperText(
    PaperKind.INQUIRY,
    (
        right("{{ 文書番号 }}"),
        right("{{ 発信日 }}"),
        Line("{{ 照会先の課 }}長　様", space_before=True),
        Line("{{ 担当課 }}長", align="right", space_before=True),
        Heading("連携協定の提案に係る取組の可否について(照会)"),
        body(
            "{{ 相手方の名称 }}から、下記のとおり連携協定の提案がありました。"
            "ついては、各連携事項について貴課での取組の可否と意見を、期限までに回答くださるようお願いします。"
        ),
        KI,
        Noted(
            (
                ("1　件名", "{{ 件名 }}"),
                ("2　提案の目的", "{{ 提案の目的 }}"),
                ("3　照会の内容", "{{ 照会の文 }}"),
                ("4　回答の期限", "{{ 回答の期限 }}"),
                ("5　連携事項", "次の表のとおり"),
            )
        ),
        Listed("連携事項", (("番号", "番号", 15), ("連携事項", "事項", 60), ("内容", "内容", 85))),
        END,
        Line("(担当)　{{ 担当課 }}　{{ 担当者 }}", align="right", space_before=True),
    ),
)
ANSWER = PaperText(
    PaperKind.ANSWER,
    (
        right("{{ 文書番号 }}"),
        right("{{ 回答日 }}"),
        Line("{{ 担当課 }}長　様", space_before=True),
        Line("{{ 回答した課 }}長", align="right", space_before=True),
        Heading("連携協定の提案に係る取組の可否について(回答)"),
        body("照会のあった{{ 相手方の名称 }}との「{{ 件名 }}」について、下記のとおり回答します。"),
        KI,
        Listed(
            "回答",
            (
                ("番号", "番号", 15),
                ("連携事項", "事項", 45),
                ("回答", "結果", 30),
                ("条件・理由", "条件", 35),
                ("取組の案", "取組の案", 35),
            ),
        ),
        Only("全体の意見", (Noted((("全体の意見", "{{ 全体の意見 }}"),)),)),
        END,
        Line("(担当)　{{ 回答した課 }}　{{ 回答した人 }}", align="right", space_before=True),
    ),
)
MINUTES = PaperText(
    PaperKind.MINUTES,
    (
        Heading("協議録"),
        Facts(
            (
                ("件名", "{{ 件名 }}"),
                ("相手方", "{{ 相手方の名称 }}"),
                ("日時", "{{ 開いた日 }}　{{ 時刻 }}"),
                ("場所", "{{ 場所 }}"),
                ("出席者({{ 自治体名 }})", "{{ 市の出席者 }}"),
                ("出席者(相手方)", "{{ 相手方の出席者 }}"),
                ("議題", "{{ 議題 }}"),
            )
        ),
        Heading("協議の記録", level=2),
        Line("{{ 記録 }}"),
        Only(
            "合意したこと",
            (
                Heading("合意したこと", level=2),
                Listed("合意したこと", (("番号", "番号", 15), ("内容", "内容", 145))),
            ),
        ),
        Only(
            "残ったこと",
            (
                Heading("残ったこと", level=2),
                Listed(
                    "残ったこと",
                    (("番号", "番号", 15), ("内容", "内容", 75), ("担当", "担当", 35), ("期限", "期限", 35)),
                ),
            ),
        ),
        Line("(作成)　{{ 自治体名 }}　{{ 担当課 }}", align="right", space_before=True),
    ),
)
INITIATIVES = PaperText(
    PaperKind.INITIATIVES,
    (
        Heading("取組事項一覧"),
        Line("「{{ 件名 }}」"),
        Line("{{ 自治体名 }}と{{ 相手方の名称 }}が連携して行う取組は、次のとおりとする。"),
        right("{{ 現在の日 }}現在"),
        Listed(
            "取組事項",
            (
                ("番号", "番号", 15),
                ("連携事項", "事項", 45),
                ("取組", "取組", 45),
                ("{{ 自治体名 }}の役割", "市の役割", 45),
                ("相手方の役割", "相手方の役割", 45),
                ("時期", "時期", 25),
                ("担当課", "取組の担当課", 30),
            ),
        ),
    ),
    landscape=True,
)
INSIDE = (INQUIRY, ANSWER, MINUTES, INITIATIVES)
