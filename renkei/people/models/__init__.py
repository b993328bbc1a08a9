"""What is kept about people and divisions beyond themselves: transfers, reorganisations."""

from renkei.people.models.reorganisation import Reorganisation, ReorganisationState
from renkei.people.models.transfer import Transfer, TransferState

__all__ = ["Reorganisation", "ReorganisationState", "Transfer", "TransferState"]
