"""What can be done about initiatives."""

from renkei.initiatives.services.begin import InitiativeFacts, begin

__all__ = ["InitiativeFacts", "begin"]
