"""What all tests share: the switch for golden files, and the folder of published forms where it is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes is no matter of these tests: a busy machine would fail them.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published forms and labels beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the published forms (../shared) are not here")
    return SHARED


@pytest.fixture(scope="session")
def shipped() -> None:
    """The models that travel with the package; a test that asks for them is skipped while the encoder is not made."""
    if not (ROOT / "models" / "encoder" / "model.onnx").is_file():
        pytest.skip("the encoder is not here (models/encoder): run 'make encoder'")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file of `golden/` beside the test; only --rewrite-golden writes it."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "golden" / name
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert path.exists(), f"{name} is missing: run pytest with --rewrite-golden and look at it"
        assert text == path.read_bytes().decode("utf-8")

    return compare
