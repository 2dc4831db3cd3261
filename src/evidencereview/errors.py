"""One family of exceptions: what went wrong, and what the user can do about it."""

from __future__ import annotations


class EvidenceReviewError(Exception):
    """Base of every error that the user can act on.

    Attributes:
        what: one clause that says what is wrong.
        remedy: one clause that says what to do.
        exit_code: status with which the command line ends.
    """

    exit_code = 2

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[EvidenceReviewError], tuple[str, str]]:
        """Keep both parts when the error crosses from a worker process."""
        return (type(self), (self.what, self.remedy))


class ReadError(EvidenceReviewError):
    """The file cannot be read as a self-assessment form."""


class LimitError(ReadError):
    """The file is over one of the reading limits; the message names the limit and its value."""


class FormError(EvidenceReviewError):
    """The file was read, but what it holds is not a form that can be reviewed."""


class EditionError(EvidenceReviewError):
    """No pack of provisions fits, or the one asked for does not exist."""


class SettingsError(EvidenceReviewError):
    """A settings file or option is wrong."""


class DecisionError(EvidenceReviewError):
    """A file of decisions cannot be read, or a line of it makes no sense."""


class ModelError(EvidenceReviewError):
    """A model that travels with the package is missing or does not fit."""


class WriteError(EvidenceReviewError):
    """The result could not be saved; nothing was left half-written."""


class ClusterError(EvidenceReviewError):
    """The Dask cluster cannot be reached, or left in the middle of the work."""


class LabelError(EvidenceReviewError):
    """Rows and labels given to `evaluate` do not belong together."""


class InternalError(EvidenceReviewError):
    """A fault of ours, not of the form."""

    exit_code = 3
