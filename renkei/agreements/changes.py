"""What readers above are told, inside the transaction: `changed` with `ids`, primary keys of agreements.

Search and figures listen here; the register itself knows neither. It is sent for bulk writes too, once with all ids.
"""

from django.dispatch import Signal

changed = Signal()
