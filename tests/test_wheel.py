"""The wheel, installed into an empty folder, reviews a form from an empty working folder: the models travel in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

import evidencereview

ROOT = Path(__file__).parent.parent
SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
MOST_BYTES = 60_000_000
CARRIED = (
    "evidencereview/_models/encoder/model.onnx",
    "evidencereview/_models/encoder/tokenizer.json",
    "evidencereview/_models/encoder/card.json",
    "evidencereview/_models/heads/card.json",
    "evidencereview/_models/heads/duties.onnx",
    "evidencereview/_models/heads/rows.onnx",
    "evidencereview/_models/heads/sentences.onnx",
    "evidencereview/_models/vectors/2022.npz",
    "evidencereview/_models/vectors/2024.npz",
    "evidencereview/language/cue_lists/sourcing.toml",
    "evidencereview/provisions/2022.toml",
    "evidencereview/provisions/2024.toml",
    "evidencereview/report/evidencereview-1.schema.json",
    "evidencereview/samples/rosewood-2024.txt",
    "evidencereview/py.typed",
)

pytestmark = [pytest.mark.slow, pytest.mark.models, pytest.mark.usefixtures("shipped")]


def done(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_"))}
    return subprocess.run(
        command, cwd=folder, env={**clean, **environment}, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout: by what `make setup` installed, else by pip, which fetches the build program."""
    target = tmp_path_factory.mktemp("wheel")
    if find_spec("build") and find_spec("hatchling"):
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    else:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target), str(ROOT)]
    built = done(command, target)
    assert built.returncode == 0, built.stderr
    (path,) = target.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel alone in an empty folder; its dependencies are those of this environment."""
    target = tmp_path_factory.mktemp("installed")
    command = ["install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(target), str(wheel)]
    put = done([sys.executable, "-m", "pip", *command], target)
    assert put.returncode == 0, put.stderr
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, str(installed / "bin" / "evidencereview"), *arguments]
    return done(program, folder, PYTHONPATH=str(installed))


def test_the_wheel_is_small_and_carries_what_it_needs(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    assert set(CARRIED) - names == set()
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"evidencereview"}
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".safetensors"))] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_nothing_needs_torch(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode("utf-8").splitlines()
    needs = [line for line in lines if line.startswith("Requires-Dist: ") and "extra ==" not in line]
    assert needs and not any("torch" in line or "sentence-transformers" in line or "onnx>" in line for line in needs)


def test_it_is_the_installed_package_that_runs(installed: Path, tmp_path: Path) -> None:
    asked = "import evidencereview as e, evidencereview.language.model_files as m; print(e.__file__, m.models_folder())"
    told = done([sys.executable, "-c", asked], tmp_path, PYTHONPATH=str(installed))
    assert told.stdout.split() == [
        str(installed / "evidencereview" / "__init__.py"),
        str(installed / "evidencereview" / "_models"),
    ]


def test_demo_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    told = run(installed, tmp_path, "demo")
    assert (told.returncode, told.stderr) == (0, "")
    assert "72 rows read, edition 2024" in told.stdout and "FIRST TO LOOK AT" in told.stdout
    assert list(tmp_path.iterdir()) == []


def test_review_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    shutil.copyfile(SAMPLE, tmp_path / "elm.txt")
    told = run(installed, tmp_path, "review", "elm.txt", "-o", "elm.json")
    assert (told.returncode, told.stdout) == (0, ""), told.stderr
    review = json.loads((tmp_path / "elm.json").read_text(encoding="utf-8"))
    assert len(review["items"]) == 72 and review["failures"] == []
    assert review["versions"]["heads"] != "none"
    assert run(installed, tmp_path, "--version").stdout == f"evidencereview {review['versions']['evidencereview']}\n"
