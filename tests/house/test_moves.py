"""The manual draws the signing procedure as the move table has it."""

import pytest

from machine import moves
from renkei.procedures.diagram import listed, mermaid
from renkei.procedures.stages import MOVES
from renkei.procedures.vocabulary import ENDS, STEPS


@pytest.mark.parametrize("path", [moves.DIAGRAM, moves.MOVES], ids=lambda path: path.name)
def test_the_manual_says_what_the_table_says(path):
    assert path.read_text() == moves.pages()[path], "Type ./run docs and commit what it wrote."


def test_a_move_that_is_taken_out_of_the_table_is_missing_in_the_drawing():
    fewer = [one for one in MOVES if one.name != "decline"]
    assert mermaid(fewer) != mermaid() and "declined: 見送る" not in mermaid(fewer)
    assert len(listed(fewer).splitlines()) == len(listed().splitlines()) - len(STEPS)


def test_every_step_and_every_end_is_drawn():
    drawn = mermaid()
    assert all(f"    {stage.value}: {stage.label}" in drawn for stage in (*STEPS, *ENDS))
