"""Where the models that travel with the package lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from evidencereview.errors import ModelError


@cache
def models_folder() -> Path:
    """Return the folder of models: inside an installed package, else at the top of the checkout.

    Raises:
        ModelError: there is none.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_models", package.parent.parent / "models"):
        if folder.is_dir():
            return folder
    raise ModelError(
        "the models that travel with the package are missing", "reinstall it, or run 'make encoder' in a checkout"
    )
