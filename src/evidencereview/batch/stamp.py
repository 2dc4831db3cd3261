"""A stamp of everything that decides a form's results besides the form: settings, models, provisions, formats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from evidencereview.batch.tables import ITEMS, SUMMARY
from evidencereview.config import Settings
from evidencereview.language.model_files import models_folder
from evidencereview.version import __version__

_PACKS = Path(__file__).parent.parent / "provisions"


def stamp_of(settings: Settings, provisions: Path | None, encoder: Path | None, formats: Sequence[str]) -> str:
    """Return a hash that differs where results may differ.

    Raises:
        ModelError: the models are missing.
    """
    plain = settings.to_dict()
    told = {
        "version": __version__,
        "settings": plain,
        # What is ignored for a time comes back on a certain day.
        "today": date.today().isoformat() if plain.get("ignore") else "",
        "formats": sorted(formats),
        "columns": [SUMMARY.header(), ITEMS.header()],
        "files": [hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(provisions)],
        "encoder": _listing(encoder) if encoder else [],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode("ascii")).hexdigest()


def _files(provisions: Path | None) -> Iterator[Path]:
    """The cards name the models and what they were trained on; the packs are small enough to be read whole."""
    models = models_folder()
    cards = (models / folder / "card.json" for folder in ("encoder", "cross_encoder", "heads"))
    yield from (card for card in cards if card.is_file())
    yield from ([provisions] if provisions and provisions.is_file() else sorted(_PACKS.glob("*.toml")))


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
