"""The commands about the models: evaluate, train."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from evidencereview.cli import options as opt
from evidencereview.cli.app import app
from evidencereview.cli.streams import emit, talk
from evidencereview.errors import LabelError, SettingsError

TRAINING = "evidencereview.training.train"
REMEDY = "pip install 'evidencereview[train]'"


@app.command()
def evaluate(
    paths: opt.LabelPaths,
    format: opt.PlainFormat = "text",
    without: opt.Without = None,
    resamples: opt.Resamples = 0,
    output: opt.Output = None,
    force: opt.Force = False,
    config: opt.Config = None,
) -> int:
    """Measure reviews against labels.

    Gives the figures per form and pooled, beside plain baselines.
    """
    import json

    from evidencereview.training.evaluate import evaluate_pairs

    if format not in ("text", "json"):
        raise SettingsError(f"there is no format '{format}' for an evaluation", "choose text or json")
    settings = opt.settings_from_options(config)
    pairs = pair_up(paths, opt.listed(without))
    talk(f"reviewing {len(pairs)} labelled forms")
    result = evaluate_pairs(pairs, settings, resamples=resamples)
    text = json.dumps(result.to_dict(), ensure_ascii=False, indent=1) if format == "json" else result.to_text()
    emit(text.rstrip("\n") + "\n", output, force=force, inputs=[path for pair in pairs for path in pair])
    return 0


@app.command()
def train() -> int:
    """Train the heads (needs the extra [train])."""
    try:
        import_module(TRAINING).main([])
    except ModuleNotFoundError as error:
        raise SettingsError(f"training needs {error.name}, which is not installed", REMEDY) from error
    return 0


def pair_up(paths: Sequence[Path], without: Sequence[str] = ()) -> tuple[tuple[Path, Path], ...]:
    """Return pairs of rows and labels from two folders (by name), or from files given by turns.

    Raises:
        LabelError: an odd number of files, or folders mixed with files; see also `find_pairs`.
    """
    from evidencereview.training.evaluate import find_pairs

    folders = [path.is_dir() for path in paths]
    if folders == [True, True]:
        return find_pairs(paths[0], paths[1], without)
    if any(folders) or len(paths) % 2:
        raise LabelError("rows and labels do not pair up", "name ROWS LABELS by turns, or two folders")
    return tuple(zip(paths[::2], paths[1::2], strict=True))
