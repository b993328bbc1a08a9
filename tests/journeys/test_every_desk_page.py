"""The first half of the desk's pages in a real browser: no barrier a program can find, nothing cut off.

Two files, so that two workers share what takes longest.
"""

from tests.journeys.every_page import pages_of
from tests.journeys.looking import faults_of, sign_in


def test_every_page_of_the_desk_is_free_of_what_a_program_can_find(watched, filled):
    sign_in(watched)
    assert faults_of(watched, pages_of("desk", filled)[::2]) == {}
