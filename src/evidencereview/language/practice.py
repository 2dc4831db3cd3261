"""What a practice is that a duty rules out: on which topic, how it is said, why it breaks the duty, and what to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice that breaks the duty of a topic: how it is said, what speaks against that, why, and what to ask.

    `negative` marks a pattern that itself denies ("we no longer take them by phone"), so that its denial is no denial of it.
    """

    topic: re.Pattern[str]
    says: re.Pattern[str]
    because: str
    ask: str
    unless: re.Pattern[str] | None = None
    negative: bool = False


def practice(topic: str, says: str, because: str, ask: str, unless: str = "", *, negative: bool = False) -> Practice:
    """Compile one practice; patterns match whatever the case."""
    against = re.compile(unless, re.I) if unless else None
    return Practice(re.compile(topic, re.I), re.compile(says, re.I), because, ask, against, negative)
