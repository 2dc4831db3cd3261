"""Two drafts of a form, or the forms of two years, held against each other: what is gone, new, still there, and promised."""

from evidencereview.comparison.changes import (
    Comparison,
    FindingChange,
    Outcome,
    Promise,
    RowChange,
    ScoreChange,
    State,
)
from evidencereview.comparison.compare import compare

__all__ = ["Comparison", "FindingChange", "Outcome", "Promise", "RowChange", "ScoreChange", "State", "compare"]
