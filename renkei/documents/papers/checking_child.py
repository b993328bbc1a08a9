"""The process that opens a template that was brought: `python -m renkei.documents.papers.checking_child PATH KIND`.

It is bound in memory and time and knows none of the server's settings. It writes the names of the fields as JSON, or
the sentence of a refusal.
"""

import json
import sys
from pathlib import Path

from django.conf import settings

from renkei.documents.bounded import MEGABYTE, Bounds, bind

BOUNDS = Bounds(memory=768 * MEGABYTE, seconds=20, patience=30)


def main() -> None:
    bind(BOUNDS)
    settings.configure(USE_I18N=False)
    from renkei.documents.papers.checking import told_of

    json.dump(told_of(Path(sys.argv[1]).read_bytes(), sys.argv[2]), sys.stdout)


if __name__ == "__main__":
    main()
