"""What those above are told, inside the transaction: `text_read` with `ids`, primary keys of documents.

Whoever holds documents listens: the search finds their words from now on. The documents themselves know no holder.
"""

from django.dispatch import Signal

text_read = Signal()
