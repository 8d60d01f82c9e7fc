"""What can go wrong, as one family: the command line prints one line and a hint for each."""

from __future__ import annotations


class QuotesError(Exception):
    """Anything the user can act on. ``hint`` says what to try; ``code`` is the exit code of the command line."""

    code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(QuotesError):
    """The call itself is off: an unknown option value, a database that does not exist."""

    code = 2


class StoreError(QuotesError):
    """The database cannot be opened, read or written."""


class ModelError(QuotesError):
    """The attribution model is missing or cannot be read."""
