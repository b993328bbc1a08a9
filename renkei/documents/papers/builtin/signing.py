"""Papers of the signing: the order of the ceremony, and what the press is told."""

from renkei.documents.papers.blocks import END, Facts, Heading, Line, Listed, Only, PaperText, right
from renkei.documents.vocabulary import PaperKind

CEREMONY = PaperText(
    PaperKind.CEREMONY,
    (
        Heading("「{{ 協定名 }}」締結式　次第"),
        Facts(
            (
                ("日時", "{{ 締結の日時 }}"),
                ("場所", "{{ 締結の場所 }}"),
                ("締結する者", "{{ 自治体名 }}\n{{ 相手方の名称 }}"),
            )
        ),
        Heading("式次第", level=2),
        Line("{{ 式次第 }}"),
        Heading("出席者", level=2),
        Line("{{ 出席者 }}"),
        Line("(担当)　{{ 自治体名 }}　{{ 担当課 }}", align="right", space_before=True),
    ),
)
PRESS = PaperText(
    PaperKind.PRESS,
    (
        right("{{ 発信日 }}"),
        Line("報道機関　各位"),
        right("{{ 自治体名 }}"),
        Heading("{{ 相手方の名称 }}と「{{ 協定名 }}」を締結します"),
        Only("発表の文", (Line("{{ 発表の文 }}"),)),
        Only(
            "発表の文",
            (
                Line(
                    "{{ 自治体名 }}と{{ 相手方の名称 }}は、次のとおり「{{ 協定名 }}」を締結します。取材をお待ちしています。",
                    indented=True,
                ),
                Facts(
                    (
                        ("目的", "{{ 目的 }}"),
                        ("日時", "{{ 締結の日時 }}"),
                        ("場所", "{{ 締結の場所 }}"),
                        ("出席者", "{{ 出席者 }}"),
                    )
                ),
                Only(
                    "連携事項",
                    (
                        Heading("連携事項", level=2),
                        Listed("連携事項", (("番号", "番号", 15), ("連携事項", "事項", 145))),
                    ),
                ),
                Only(
                    "取組事項",
                    (
                        Heading("主な取組", level=2),
                        Listed(
                            "取組事項", (("連携事項", "事項", 70), ("取組", "取組", 60), ("時期", "時期", 30))
                        ),
                    ),
                ),
            ),
            empty=True,
        ),
        END,
        Line("(問合せ先)　{{ 自治体名 }}　{{ 担当課 }}　{{ 担当者 }}", align="right", space_before=True),
    ),
)
SIGNING = (CEREMONY, PRESS)
