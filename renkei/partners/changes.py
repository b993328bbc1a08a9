"""What readers above are told, inside the transaction: `renamed` with `ids`, primary keys of partners.

It is sent for names, readings and kinds: whatever is searched or counted of a partner.
"""

from django.dispatch import Signal

renamed = Signal()
