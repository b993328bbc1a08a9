"""The daily work of a town: `daily_work` is sent once a day for each town that takes part.

It is sent by `./run manage daily`, with `municipality`, `day` and `now`. A receiver does its part in a
transaction of its own and may be called twice for one day (a run that was killed is done again) or not for a
month, so what it does must come out the same. It returns nothing, or the notices that are to leave the machine;
the outbox, which stands on a floor above, writes each of them once for its key. What a receiver raises is kept
with the day's work and told to the operator; the others go on. Connect in the app's `ready()`:

    daily_work.connect(verify_chain, dispatch_uid="audit.verify")
"""

from dataclasses import dataclass

from django.dispatch import Signal

daily_work = Signal()


@dataclass(frozen=True)
class Notice:
    """A letter that the daily work asks for; without addresses it goes to the town's administrators.

    `key` is unique in the town: a notice with a key that was used before is not written again.
    """

    key: str
    subject: str
    text: str
    addresses: tuple[str, ...] = ()
