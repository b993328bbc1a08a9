"""What can be done in a procedure: verbs, each in its own module."""

from renkei.procedures.services.claiming import ChangedMeanwhile, ProcedureRefused
from renkei.procedures.services.move import hold, move, reopen, resume
from renkei.procedures.services.receive import receive

__all__ = ["ChangedMeanwhile", "ProcedureRefused", "hold", "move", "receive", "reopen", "resume"]
