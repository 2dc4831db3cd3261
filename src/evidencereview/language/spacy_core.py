"""Imports spaCy without its command line, which brings in a web client and a third of the import time.

`import spacy` loads `spacy.cli` for one function that nothing here uses. A placeholder stands in its place while spaCy is
first imported, and is taken away again: whoever imports `spacy.cli` later gets the real one. All that this package uses of
spaCy is named here.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> ModuleType:
    """Import spaCy once; where another version needs its command line after all, import it in full."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    placeholders = {name: ModuleType(name) for name in _COMMAND_LINE}
    placeholders["spacy.cli.info"].info = None  # type: ignore[attr-defined]
    sys.modules.update(placeholders)
    try:
        return importlib.import_module("spacy")
    except ImportError:
        _forget(placeholders)
        return importlib.import_module("spacy")
    finally:
        _forget(placeholders)


def _forget(placeholders: dict[str, ModuleType]) -> None:
    for name, module in placeholders.items():
        if sys.modules.get(name) is module:
            del sys.modules[name]
    whole = sys.modules.get("spacy")
    if whole is not None and vars(whole).get("cli") is placeholders["spacy.cli"]:
        del whole.cli


import_spacy()

from spacy import blank  # noqa: E402  after the first import, which decides what is loaded
from spacy.language import Language  # noqa: E402
from spacy.matcher import Matcher  # noqa: E402
from spacy.tokens import Doc, Span, Token  # noqa: E402
from spacy.util import filter_spans  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

__all__ = ["Doc", "Language", "Matcher", "Span", "Token", "Vocab", "blank", "filter_spans", "import_spacy"]
