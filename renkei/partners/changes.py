"""What readers above are told, inside the transaction: `renamed` with `ids`, primary keys of partners."""

from django.dispatch import Signal

renamed = Signal()
