"""What forms of contacts offer to choose from, and what is wrong with a number; the same wherever one is typed."""

from renkei.disasters.contacts.checks import tidied_channel
from renkei.disasters.contacts.facts import ChannelFacts
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.vocabulary import ChannelKind, ReachedWhen

USUAL = (
    ChannelKind.MOBILE,
    ChannelKind.PHONE,
    ChannelKind.MAIL,
    ChannelKind.FAX,
    ChannelKind.SATELLITE,
)
"""The kinds of channels that stand in an empty row."""


def kinds() -> list[tuple[str, str]]:
    """The ways to reach somebody, to choose from."""
    return [(one.value, str(one.label)) for one in ChannelKind]


def whens() -> list[tuple[str, str]]:
    """When somebody is to be called, to choose from."""
    return [(one.value, str(one.label)) for one in ReachedWhen]


def channel_fault(kind: str, value: str) -> str:
    """What is wrong with a number or an address, as a sentence; "" for nothing."""
    try:
        tidied_channel(ChannelFacts(ChannelKind(kind), value))
    except ContactRefused as refusal:
        return str(refusal)
    return ""
