"""Why a backup is not made or not restored."""


class BackupRefused(Exception):
    """Nothing was written, or nothing was restored; str() says why and what to do."""
