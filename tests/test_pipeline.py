"""The flow from a form to its review: what is in force, what is missing, what crashes, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import evidencereview
from batch_results import without_times
from command_line import ENVIRONMENT, REAL, run
from evidencereview import pipeline
from evidencereview.checks.registry import CheckInfo, all_checks, selected
from evidencereview.cli import main
from evidencereview.config import Ignored, Settings
from evidencereview.errors import EditionError, EvidenceReviewError, FormError, SettingsError
from evidencereview.language.view import FormView
from evidencereview.pipeline import review, run_checks, with_edition
from evidencereview.provisions import load_pack
from evidencereview.readers import read_form
from evidencereview.records import Finding, Form, Review, Severity
from evidencereview.report.json_format import render
from toy_models import toy_models, toys_in_place

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
HASH_OF_A_REVIEW = """
import hashlib, sys
from pathlib import Path
from evidencereview.pipeline import review
from evidencereview.readers import read_form
from evidencereview.report.json_format import render
from toy_models import toys_in_place
with toys_in_place():
    print(hashlib.sha256(render(review(read_form(Path(sys.argv[1]))))).hexdigest())
"""


@pytest.fixture(scope="module", autouse=True)
def toys() -> Iterator[None]:
    with toys_in_place():
        yield


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(SAMPLE)


@pytest.fixture(scope="module")
def reviewed(form: Form) -> Review:
    return review(form)


def flags(done: Review) -> set[str]:
    return {found.flag for item in done.items for found in item.findings}


def first(form: Form, count: int) -> Form:
    return replace(form, rows=form.rows[:count])


def test_every_row_stands_in_the_list_once(form: Form, reviewed: Review) -> None:
    assert sorted(item.row.order for item in reviewed.items) == list(range(1, 73))
    assert (reviewed.form.edition, reviewed.form.missing_provisions, reviewed.failures) == ("2024", (), ())
    assert reviewed.form.rows == form.rows


def test_it_says_what_made_it(reviewed: Review) -> None:
    assert dict(reviewed.versions) == {
        "evidencereview": evidencereview.__version__,
        "edition": "2024",
        "encoder": "toy",
        "heads": "none",
    }
    assert reviewed.settings == Settings().to_dict()


def test_the_same_bytes_twice(form: Form, reviewed: Review) -> None:
    assert render(review(form)) == render(reviewed)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_bytes_in_another_process(reviewed: Review, seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HASH_OF_A_REVIEW, str(SAMPLE)],
        env={**ENVIRONMENT, "PYTHONHASHSEED": seed, "PYTHONWARNINGS": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(render(reviewed)).hexdigest()


@pytest.mark.models
def test_the_same_bytes_from_run_to_run_and_worker_to_worker(shipped: None, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    form = tmp_path / "a" / "rosewood-2024.txt"
    form.write_bytes(SAMPLE.read_bytes())
    runs = [run("review", form, "--format", "json", folder=tmp_path, program=REAL, PYTHONHASHSEED=s) for s in "12"]
    assert runs[0].returncode == 0 and runs[0].stdout == runs[1].stdout
    (tmp_path / "a" / "again.txt").write_bytes(SAMPLE.read_bytes())
    for jobs in "12":
        done = run("batch", "a", "-o", f"out{jobs}", "--jobs", jobs, folder=tmp_path, program=REAL)
        assert done.returncode == 0, done.stderr
    assert without_times(tmp_path / "out1") == without_times(tmp_path / "out2")
    assert (tmp_path / "out1" / "rosewood-2024.json").read_text("utf-8") == runs[0].stdout


def crashing(view: FormView) -> Iterable[Finding]:
    raise ValueError(f"made up over {len(view.rows)} rows")


def late(view: FormView) -> Iterable[Finding]:
    """Crash after the first finding, as a generator does."""
    yield from list(CHECKS["missing-answer"].function(view))[:1]
    raise KeyError("made up")


CHECKS = {info.flag: info for info in all_checks()}


@pytest.fixture
def one_crashes(monkeypatch: pytest.MonkeyPatch) -> CheckInfo:
    """ER205 crashes; the other checks are as they are."""
    broken = replace(CHECKS["boilerplate"], function=crashing)

    def instead(only: tuple[str, ...], skip: tuple[str, ...]) -> Iterator[CheckInfo]:
        return (broken if info.id == broken.id else info for info in selected(only, skip))

    monkeypatch.setattr(pipeline, "selected", instead)
    return broken


def test_a_check_that_crashes_is_a_failure_and_the_others_go_on(
    one_crashes: CheckInfo, form: Form, reviewed: Review
) -> None:
    done = review(form)
    assert [(each.check, each.message) for each in done.failures] == [("ER205", "ValueError: made up over 72 rows")]
    assert flags(done) == flags(reviewed) - {"boilerplate"}
    told = json.loads(render(done))["failures"]
    assert told == [{"check": "ER205", "message": "ValueError: made up over 72 rows"}]


def test_a_check_that_crashes_late_is_a_failure_too(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "selected", lambda *_: [replace(CHECKS["missing-answer"], function=late)])
    assert [each.message for each in review(form).failures] == ["KeyError: 'made up'"]


def test_a_crash_is_the_exit_code_3(one_crashes: CheckInfo, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(SAMPLE), "--format", "json", "--fail-on", "3"]) == 3
    out, err = capfd.readouterr()
    assert len(json.loads(out)["items"]) == 72
    assert "check ER205 crashed (ValueError: made up over 72 rows)" in err


@pytest.mark.parametrize("names", [("ER101",), ("missing-answer",), ("Missing-Answer", "er205")])
def test_only(form: Form, names: tuple[str, ...]) -> None:
    wanted = {"ER101": "missing-answer", "er205": "boilerplate"}
    assert flags(review(form, Settings(only=names))) <= {wanted.get(name, name.lower()) for name in names}
    assert "missing-answer" in flags(review(form, Settings(only=names)))


def test_skip(form: Form, reviewed: Review) -> None:
    done = review(form, Settings(skip=("ER101", "boilerplate")))
    assert flags(done) == flags(reviewed) - {"missing-answer", "boilerplate"}
    assert len(done.items) == 72


def test_skip_wins_over_only(form: Form) -> None:
    assert flags(review(form, Settings(only=("ER101", "ER205"), skip=("ER101",)))) == {"boilerplate"}


@pytest.mark.parametrize("settings", [Settings(only=("ER999",)), Settings(skip=("boilerplat",))])
def test_a_name_that_is_no_check(form: Form, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="there is no check"):
        review(form, settings)


def test_severity_threshold_and_wording_are_the_users(form: Form, reviewed: Review) -> None:
    wish = Settings(severities={"boilerplate": Severity.HIGH}, asks={"boilerplate": "Which?"})
    stock = [found for item in review(form, wish).items for found in item.findings if found.flag == "boilerplate"]
    assert {(found.severity, found.ask) for found in stock} == {(Severity.HIGH, "Which?")}
    least = Settings(thresholds=dict.fromkeys(CHECKS, 1.0))
    kept = [found for item in review(form, least).items for found in item.findings]
    assert kept and {found.confidence for found in kept} == {1.0}
    assert len(kept) < sum(len(item.findings) for item in reviewed.items)


def test_the_users_wording_takes_up_what_was_found(form: Form, reviewed: Review) -> None:
    flag = "boilerplate"
    done = review(form, Settings(asks={flag: "{provision}: {ask} [{words}] {more}"}))
    for before, after in zip(_of(reviewed, flag), _of(done, flag), strict=True):
        assert after.ask == f"{before.provision}: {before.ask} [{before.words}] {{more}}"


WISHES = [("severities", Severity.LOW), ("thresholds", 0.5), ("asks", "which?")]


@pytest.mark.parametrize(("key", "wish"), WISHES)
def test_a_misspelt_flag_is_an_error_and_an_id_is_a_name(form: Form, key: str, wish: object) -> None:
    by_id = review(form, replace(Settings(), **{key: {"er205": wish}}))
    by_flag = review(form, replace(Settings(), **{key: {"boilerplate": wish}}))
    assert by_id.items == by_flag.items
    with pytest.raises(SettingsError, match="there is no check 'boilerplat'; did you mean 'boilerplate'"):
        review(form, replace(Settings(), **{key: {"boilerplat": wish}}))


def test_an_ignored_provision_stays_listed_and_does_not_count(form: Form, reviewed: Review) -> None:
    number = next(item.row.number for item in reviewed.items if item.findings)
    last = date(2027, 1, 31)
    done = review(form, Settings(ignore=(Ignored(number, "being replaced", last),), as_of=last))
    told = next(item for item in done.items if item.row.number == number)
    assert told.findings and not any(found.is_open for found in told.findings)
    assert all(found.is_open for item in done.items if item is not told for found in item.findings)


def _of(done: Review, flag: str) -> list[Finding]:
    found = [finding for item in done.items for finding in item.findings if finding.flag == flag]
    assert found
    return sorted(found, key=lambda finding: finding.order)


def test_fewer_than_half_of_the_provisions_is_an_error(form: Form) -> None:
    with pytest.raises(FormError, match="only 35 of the 72 provisions of edition 2024 were found") as error:
        review(first(form, 35))
    assert error.value.exit_code == 2 and "--partial" in error.value.remedy


def test_half_of_the_provisions_is_none(form: Form) -> None:
    done = review(first(form, 36))
    assert done.form.missing_provisions == load_pack("2024").numbers[36:] and len(done.items) == 36


def test_an_excerpt_that_is_meant(form: Form) -> None:
    done = review(first(form, 3), Settings(partial=True))
    assert (len(done.items), len(done.form.missing_provisions)) == (3, 69)


def test_a_provision_printed_twice_is_counted_once(form: Form) -> None:
    twice = replace(form, rows=(*form.rows[:20], *form.rows[:20]))
    with pytest.raises(FormError, match="only 20 of the 72"):
        with_edition(twice, load_pack("2024"), partial=False)


def test_an_edition_that_is_not_known(form: Form) -> None:
    with pytest.raises(EditionError, match="edition '2019' is not known; choose one of 2022, 2024"):
        review(form, Settings(edition="2019"))
    renumbered = tuple(replace(row, provision=f"40.{row.order}", provision_inferred=None) for row in form.rows)
    with pytest.raises(EditionError, match="follows no known edition"):
        review(replace(form, rows=renumbered))


def test_an_edition_that_is_asked_for(form: Form) -> None:
    assert review(form, Settings(edition="2022", partial=True)).form.edition == "2022"


def test_a_number_that_the_edition_does_not_have(form: Form) -> None:
    odd = replace(form.rows[4], provision="1.61", provision_inferred="1.61")
    done = review(replace(form, rows=(*form.rows[:4], odd, *form.rows[5:])))
    assert done.form.missing_provisions == ("1.6",)
    assert [note.text for note in done.form.notes if note.kind == "unknown-number"] == [
        "the Code of 2024 has no provision 1.61"
    ]
    assert "1.61" in {item.row.number for item in done.items}


def test_dates_are_judged_by_the_day_that_is_given_or_stated(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(
        pipeline, "build_view", lambda form, pack, models, as_of, rows: seen.append(as_of) or _view(form, pack, as_of)
    )
    review(form)
    review(form, Settings(as_of=date(2030, 1, 2)))
    review(replace(form, stated_date=None))
    assert seen == [date(2025, 5, 31), date(2030, 1, 2), None]


def _view(form: Form, pack: object, as_of: date | None) -> FormView:
    from evidencereview.language.build import build_view

    return build_view(form, pack, toy_models(), as_of)  # type: ignore[arg-type]


def test_checks_run_in_the_order_of_their_ids(form: Form) -> None:
    view = _view(with_edition(form, load_pack("2024"), partial=False), load_pack("2024"), None)
    found, failures = run_checks(view, Settings())
    assert failures == () and [each.check for each in found] == sorted(each.check for each in found)


@pytest.mark.parametrize("arguments", [["review", "gone.docx"], ["rows", "gone.docx"]])
def test_every_error_says_what_and_what_to_do(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert out == "" and err.count("\n") == 1 and "; " in err


@pytest.mark.parametrize("kind", EvidenceReviewError.__subclasses__())
def test_errors_cross_processes_whole(kind: type[EvidenceReviewError]) -> None:
    import pickle

    back = pickle.loads(pickle.dumps(kind("this is wrong", "do that")))
    assert (type(back), back.what, back.remedy, str(back)) == (
        kind,
        "this is wrong",
        "do that",
        "this is wrong; do that",
    )


@pytest.mark.models
def test_the_sample_shows_every_family_of_flags(shipped: None) -> None:
    done = run("review", SAMPLE, "--format", "json", folder=SAMPLE.parent, program=REAL)
    told = json.loads(done.stdout)
    families = {found["check"][:3] for item in told["items"] for found in item["findings"]}
    assert families == {"ER1", "ER2", "ER3", "ER4", "ER5"} and told["failures"] == []
