"""The state diagram and the list of moves for the manual, drawn from the move table."""

from collections.abc import Iterable, Sequence

from renkei.agreements.vocabulary import Side
from renkei.procedures.stages import MOVES, Move
from renkei.procedures.vocabulary import ENDS, STEPS, Stage


def mermaid(moves: Sequence[Move] = MOVES) -> str:
    """The table as a Mermaid state diagram; moves back are drawn to the step before only, the list names them all."""
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.PROPOSAL.value}"]
    lines += [f"    {stage.value}: {stage.label}" for stage in (*STEPS, *ENDS)]
    lines += [f"    {start} --> {to}: {words}" for start, to, words in _drawn(moves)]
    lines += [f"    {end.value} --> [*]" for end in ENDS]
    return "\n".join(lines)


def _drawn(moves: Sequence[Move]) -> Iterable[tuple[str, str, str]]:
    """One arrow from step to step; those of one step to one end are one arrow, whoever makes the move."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in moves:
        is_back = move.name == "send_back"
        if is_back and STEPS.index(move.start) - STEPS.index(Stage(move.to)) > 1:
            continue
        arrows.setdefault((move.start.value, move.to.value), []).append(
            "戻す" if is_back else "" if move.name == "advance" else str(move.words)
        )
    for (start, to), words in arrows.items():
        told = " / ".join(dict.fromkeys(word for word in words if word))
        yield start, to, told or "進める"


def plain(moves: Sequence[Move] = MOVES) -> str:
    """The way through the steps as plain text, for readers without pictures: what each needs, how it can end."""
    lines = []
    for place, step in enumerate(STEPS, start=1):
        forward = next(move for move in moves if move.start == step and move.name in ("advance", "conclude"))
        needs = "、".join(str(need.words) for need in forward.needs) or "なし"
        back = [str(move.words) for move in moves if move.start == step and move.name == "send_back"]
        ends = dict.fromkeys(str(Stage(m.to).label) for m in moves if m.start == step and m.to in ENDS[1:])
        lines.append(f"{place}. {step.label}")
        lines.append(f"   │  要るもの: {needs}")
        lines.append(f"   │  終わり方: {'、'.join(ends)}")
        if back:
            lines.append(f"   │  戻れる先: {'、'.join(back)}")
        lines.append("   ▼")
    return "\n".join([*lines, f"   {Stage.CONCLUDED.label}"])


def listed(moves: Sequence[Move] = MOVES) -> str:
    """Each move as a row of a table: from, to, who, what must exist, reason, event, letter."""
    head = [
        "| いまの段階 | 動き | 行き先 | だれが | 要るもの | 理由 | できごと | 相手方への手紙 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *(_row(move) for move in moves)])


def _row(move: Move) -> str:
    cells = (
        str(move.start.label),
        f"`{move.name}`",
        str(Stage(move.to).label),
        "窓口の課・総括課" if move.side == Side.TOWN else "相手方の担当者",
        "、".join(str(need.words) for need in move.needs) or "—",
        "書く" if move.wants_reason else "—",
        f"`{move.event.name}`",
        "届く" if move.tells_partner else "—",
    )
    return f"| {' | '.join(cells)} |"
