"""What can be done about keeping: rules, holds, and disposal by two people."""

from renkei.retention.services.disposal import approve, propose, refuse, withdraw
from renkei.retention.services.erasing import erase_waiting
from renkei.retention.services.keeping import RetentionRefused, hold, lift, set_rule

__all__ = [
    "RetentionRefused",
    "approve",
    "erase_waiting",
    "hold",
    "lift",
    "propose",
    "refuse",
    "set_rule",
    "withdraw",
]
