"""How handing over a letter can fail: surely not yet, surely never, or nobody knows."""


class NotNow(Exception):
    """The letter was not taken, but may be later; str() says why."""


class Rejected(Exception):
    """The letter was refused for good; str() says why and what to do."""


class Doubtful(Exception):
    """The letter was handed over and no answer came; str() says so."""
