"""The house stands as CONTRIBUTING says: imports point one way, files stay small, nothing speaks to the network."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import evidencereview
from evidencereview.checks.registry import all_checks

PACKAGE = Path(evidencereview.__file__).parent
TESTS = Path(__file__).parent
# Each line may import from the lines above it; rooms on one line stand beside each other.
LAYERS = (
    ("errors", "records", "version", "config", "own_python"),
    ("provisions",),
    ("readers",),
    ("language",),
    ("checks",),
    ("priority",),
    ("decisions",),
    ("pipeline",),
    ("comparison",),
    ("report",),
    ("batch",),
    ("sector",),
    ("cli", "training", "transformers"),
    ("__init__", "__main__"),
)
# Imports between rooms of one line, each with its reason.
BESIDE = {
    ("config", "errors"): "a wrong setting is an error",
    ("config", "records"): "severities are a closed set",
    ("cli", "training"): "the commands evaluate and train are thin over it",
}
# Imports against the stream, each with its reason.
AGAINST = {
    ("records", "report"): "a Review writes itself out when it is asked to; the writer is loaded then",
}
# Modules that need each other, each with its reason.
CIRCLES = {
    ("records", "report"): "a Review writes itself out when it is asked to; the writer is loaded then",
    ("records", "report.frame"): "the same",
    ("records", "report.json_format"): "the same",
    ("training.evaluation", "training.evaluation_text"): "a record that can write itself out; the writer is loaded then",
}
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "tools"}
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"}
# Where heavy or optional packages may be imported at all; everything else runs without them.
ONLY_IN = {
    "torch": ("training/", "language/foreign_encoder.py"),
    "sentence_transformers": ("training/", "language/foreign_encoder.py"),
    "transformers": ("training/", "language/foreign_encoder.py"),
    # Speaks to the cluster that --scheduler names, and to nobody else.
    "distributed": ("batch/cluster.py",),
    "onnx": ("training/",),
    "skl2onnx": ("training/",),
    "sklearn": ("training/", "transformers.py"),
    "pickle": (),
    "joblib": (),
}
DOTTED = re.compile(r"evidencereview(?:\.[a-z_]+)+(?<!\.toml)")


def modules() -> dict[str, Path]:
    """Dotted name within the package to file; a package's own file stands under the package's name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)] = path
    return found


MODULES = modules()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST, *, types: bool = True) -> Iterator[str]:
    """Yield every module that is imported, at the top, inside a function or by its name as a text."""
    if not types and isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from imported(child, types=types)


def own(names: Iterator[str]) -> set[str]:
    """The modules of the package among dotted names, without the package's name; `x.y.name` counts as `x.y`."""
    found = set()
    for name in names:
        top, _, inside = name.partition(".")
        while inside and inside not in MODULES:
            inside = inside.rpartition(".")[0]
        if top == "evidencereview":
            found.add(inside or "__init__")
    return found


def room(module: str) -> str:
    return module.partition(".")[0]


def test_every_room_has_its_place() -> None:
    assert {room(name) for name in MODULES} == set(LEVEL)


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_one_way(name: str) -> None:
    here = room(name)
    for other in {*map(room, own(imported(tree(MODULES[name]))))} - {here}:
        pair = (here, other)
        assert pair in BESIDE or pair in AGAINST or LEVEL[other] < LEVEL[here], f"{name} imports {other}"


def test_no_exception_is_out_of_date() -> None:
    pairs = {(room(name), room(other)) for name, path in MODULES.items() for other in own(imported(tree(path)))}
    assert set(AGAINST) | set(BESIDE) <= pairs
    for name, other in CIRCLES:
        assert other in own(imported(tree(MODULES[name])))


def test_no_two_modules_need_each_other() -> None:
    graph = {name: own(imported(tree(path), types=False)) - {name} for name, path in MODULES.items()}
    # The package's own file loads its names on first use.
    graph["__init__"] = set()
    for name, other in CIRCLES:
        graph[name] -= {other}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("name", MODULES)
def test_what_may_be_imported(name: str) -> None:
    path = MODULES[name]
    place = path.relative_to(PACKAGE).as_posix()
    tops = {module.partition(".")[0] for module in imported(tree(path))}
    assert not tops & NETWORK, f"{name} could reach the network"
    for package, places in ONLY_IN.items():
        assert package not in tops or place.startswith(places), f"{name} imports {package}"


def is_check(path: Path) -> bool:
    """Whether a module registers a check; the others of the folder are what checks share."""
    marks = (mark for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef) for mark in node.decorator_list)
    return any(isinstance(mark, ast.Call) and ast.unparse(mark.func) == "check" for mark in marks)


def test_no_module_imports_a_check() -> None:
    checks = {name for name, path in MODULES.items() if name.startswith("checks.") and is_check(path)}
    assert {name.removeprefix("checks.").replace("_", "-") for name in checks} == {info.flag for info in all_checks()}
    for name, path in MODULES.items():
        assert own(imported(tree(path))) & checks <= {name}, name


@pytest.mark.parametrize(
    "path", [*PACKAGE.rglob("*.py"), *TESTS.rglob("*.py")], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_no_file_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name for name in MODULES if set(name.split(".")) & VAGUE] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import evidencereview.cli.app", {"cli.app"}),
        ("from evidencereview.records import Row", {"records"}),
        ("from evidencereview import pipeline", {"pipeline"}),
        ("from evidencereview import __version__", {"__init__"}),
        ("def f():\n    from evidencereview.report import write", {"report"}),
        ("NAME = 'evidencereview.batch.engines'", {"batch.engines"}),
        ("if TYPE_CHECKING:\n    from evidencereview.batch import engines", {"batch.engines"}),
        ("import numpy", set()),
    ],
)
def test_imports_are_seen_wherever_they_stand(code: str, found: set[str]) -> None:
    assert own(imported(ast.parse(code))) == found


def test_imports_for_types_alone_can_be_passed_over() -> None:
    code = "if TYPE_CHECKING:\n    from evidencereview.batch import engines\nimport evidencereview.records"
    assert own(imported(ast.parse(code), types=False)) == {"records"}
