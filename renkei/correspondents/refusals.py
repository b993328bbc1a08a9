"""Why nothing changes about partners' people; each refusal's text says what to do."""

from django.utils.translation import gettext as _

from renkei.accounts import lock_out


class CorrespondentRefused(ValueError):
    """Nothing changes; str() says why and what to do."""


class EntryRefused(CorrespondentRefused):
    """Nobody is let in; str() never says whether the address is known."""


class TooOften(EntryRefused):
    """Too many tries from one address or under one name: the same for those who exist and those who do not."""

    def __init__(self) -> None:
        minutes = int(lock_out.LOCKED_FOR.total_seconds() // 60)
        super().__init__(
            _(
                "続けて何度も試されたため、しばらく受け付けられません。%(minutes)s分たってからもう一度試してください。"
                "急ぐときは、市の窓口の課に電話してください。"
            )
            % {"minutes": minutes}
        )


class FloodedToday(EntryRefused):
    """The town has sent as many links as it sends in a day."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "いまは申込みがとても多いため、リンクのメールが届かないことがあります。"
                "届かないときは、明日もう一度試すか、市の窓口の課に電話してください。"
            )
        )
