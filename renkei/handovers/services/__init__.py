"""Handing over between people and divisions, and carrying out reorganisations: one transaction and one story each."""

from renkei.handovers.services.handing import (
    HandoverRefused,
    accept,
    hand_over,
    prepare,
    send_back,
    withdraw_handover,
    write_notes,
)
from renkei.handovers.services.reorganisation import decide, withdraw

__all__ = [
    "HandoverRefused",
    "accept",
    "decide",
    "hand_over",
    "prepare",
    "send_back",
    "withdraw",
    "withdraw_handover",
    "write_notes",
]
