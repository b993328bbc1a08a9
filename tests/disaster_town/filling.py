"""How an address is filled: from what was made, by the keys it has there."""

from collections.abc import Callable

Work = dict[str, object]
Filled = Callable[[Work], list[object]]


def of(*keys: str) -> Filled:
    """The public ids of what the keys name, in the order of the address."""
    return lambda work: [work[key].public_id for key in keys]  # type: ignore[attr-defined]
