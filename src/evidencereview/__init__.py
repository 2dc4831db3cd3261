"""evidencereview: how good is the evidence in a Complaint Handling Code self-assessment, row by row?

    from evidencereview import read_form, review
    for item in review(read_form("form.docx")).items: ...

The names below are loaded on first use, so that `import evidencereview` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidencereview.config import Settings
    from evidencereview.decisions import apply_decisions
    from evidencereview.pipeline import review
    from evidencereview.readers import read_form
    from evidencereview.readers.decisions import read_decisions
    from evidencereview.records import Decision, Finding, Form, Item, Review, Row
    from evidencereview.version import __version__

__all__ = [
    "Decision",
    "Finding",
    "Form",
    "Item",
    "Review",
    "Row",
    "Settings",
    "__version__",
    "apply_decisions",
    "read_decisions",
    "read_form",
    "review",
]

_HOMES = {
    "apply_decisions": "evidencereview.decisions",
    "read_decisions": "evidencereview.readers.decisions",
    "read_form": "evidencereview.readers",
    "review": "evidencereview.pipeline",
    "Settings": "evidencereview.config",
    "__version__": "evidencereview.version",
    **dict.fromkeys(("Decision", "Finding", "Form", "Item", "Review", "Row"), "evidencereview.records"),
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'evidencereview' has no attribute '{name}'")
