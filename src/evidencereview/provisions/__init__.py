"""The Complaint Handling Code as facts in our own words: one pack an edition, and which pack a form follows."""

from evidencereview.provisions.detect import choose_pack
from evidencereview.provisions.pack import (
    Duty,
    Exclusion,
    Limit,
    Pack,
    Provision,
    Role,
    Share,
    known_editions,
    load_pack,
    read_pack,
)

__all__ = [
    "Duty",
    "Exclusion",
    "Limit",
    "Pack",
    "Provision",
    "Role",
    "Share",
    "choose_pack",
    "known_editions",
    "load_pack",
    "read_pack",
]
