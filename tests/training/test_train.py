"""Training from end to end on three tiny landlords and a toy encoder: the same twice, proven, and refused when wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import pytest

from evidencereview.errors import LabelError, ModelError
from evidencereview.language.features import OUTPUTS, ROW_FLAGS, ROW_NAMES, SENTENCE_FLAGS, SENTENCE_NAMES
from evidencereview.language.heads import run_heads
from evidencereview.provisions import load_pack
from evidencereview.training import fit as fitting
from evidencereview.training import sections, train
from evidencereview.training.data import load_training_forms
from evidencereview.training.examples import form_examples
from evidencereview.training.export import TOLERANCE, export_heads
from evidencereview.training.fit import Fitted, fit, folds
from evidencereview.training.train import fingerprint
from toy_models import SIZE, toy_models

# Flags, relevance, specificity, tier, answer, and what {name} writes; every head needs rows of both kinds.
ROWS: tuple[tuple[tuple[str, ...], int, int, int, str, str], ...] = (
    (("generic-reference",), 2, 1, 2, "Yes", "The {name} complaints policy covers this."),
    (("generic-reference", "partial-coverage"), 2, 2, 2, "Yes", "See our procedure. {name} tenants get a letter."),
    (("bare-assertion",), 2, 0, 2, "Yes", "{name} always does this."),
    (("bare-assertion",), 2, 1, 2, "Yes", "This is standard practice at {name}."),
    (("cross-reference",), 2, 1, 2, "Yes", "As above for {name}."),
    (("cross-reference",), 2, 1, 2, "Yes", "Same as 5.6, says {name}."),
    (("dangling-pointer",), 2, 1, 1, "Yes", "{name} form attached."),
    (("dangling-pointer",), 2, 1, 1, "Yes", "Click here for the {name} page."),
    (("future-commitment",), 2, 1, 3, "Yes", "{name} plans to publish this soon."),
    (("future-commitment",), 2, 1, 3, "Yes", "A panel will be set up by {name}."),
    (("hedged-practice",), 2, 1, 2, "Yes", "{name} aims to answer in time."),
    (("hedged-practice",), 2, 1, 2, "Yes", "Where possible {name} tells the resident."),
    (("admitted-gap",), 2, 1, 3, "Yes", "{name} does not yet record this."),
    (("admitted-gap",), 2, 1, 3, "Yes", "Letters of {name} do not always say so."),
    (("restated-requirement",), 2, 1, 1, "Yes", "{name} accepts complaints as the duty says."),
    (("restated-requirement",), 2, 0, 1, "Yes", "Residents of {name} may complain in any way."),
    (("partial-coverage",), 2, 2, 2, "Yes", "Mrs Ode of {name} logs each call in the ledger."),
    (("off-topic",), 1, 2, 2, "Yes", "{name} sweeps the stairs every Monday at nine."),
    (("off-topic",), 0, 1, 2, "Yes", "The garden show of {name} was a success."),
    (("missing-evidence",), 0, 0, 3, "Yes", ""),
    ((), 3, 3, 0, "Yes", "{name} policy section 4.2, approved 12 March 2024; the manager logs each case in a day."),
    ((), 3, 3, 0, "Yes", "Section 7 of the {name} guide, page 3; 41 cases were read by the board on 3 May 2024."),
    ((), 3, 2, 1, "Yes", "The {name} manager answers within ten working days and copies the board."),
    ((), 3, 2, 1, "No", "{name} has two staff; the board adopts the rule on 1 June 2024."),
)  # fmt: skip
LANDLORDS = ("elmfold-2024", "hazel-brow-2024", "withy-green-2024")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training") / "data"
    (folder / "rows").mkdir(parents=True)
    (folder / "sentences").mkdir()
    (folder / "duties").mkdir()
    for shift, landlord in enumerate(LANDLORDS):
        lines = [json.dumps(entry) for entry in entries(landlord, shift)]
        (folder / "rows" / f"{landlord}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        marks = [json.dumps(mark) for mark in duty_marks(landlord, shift)]
        (folder / "duties" / f"{landlord}.jsonl").write_text("\n".join(marks) + "\n", encoding="utf-8")
    single = {"group": "oxbow", "provision": "5.1", "edition": "2024", "answer": "Yes", "near": []}
    texts = [({"text": "We strive to reply.", "flags": ["hedged-practice"]}), ({"text": "Jo replies.", "flags": []})]
    (folder / "sentences" / "a.jsonl").write_text(
        "\n".join(json.dumps({**single, **each}) for each in texts), encoding="utf-8"
    )
    return folder


def entries(landlord: str, shift: int) -> list[dict[str, Any]]:
    provisions = load_pack("2024").provisions[shift :: len(LANDLORDS)]
    return [
        {
            "form": landlord, "order": order, "section": known.section, "provision": known.number,
            "requirement": known.summary, "answer_raw": answer, "answer": answer.lower(),
            "evidence": text.format(name=landlord.split("-")[0].title()), "commentary": "", "mandatory": True,
            "flags": sorted(flags), "relevance": relevance, "specificity": specificity, "tier": tier,
            "spans": {flag: text.format(name=landlord.split("-")[0].title()) for flag in flags},
            "linked": [], "near": [], "note": "",
        }
        for order, ((flags, relevance, specificity, tier, answer, text), known) in enumerate(
            zip(ROWS, provisions, strict=True), 1
        )
    ]  # fmt: skip


def duty_marks(landlord: str, shift: int) -> list[dict[str, Any]]:
    """Return marks by which two rows speak to none of their duties and two to all."""
    rows = entries(landlord, shift)
    known = load_pack("2024").by_number
    return [
        {
            "form": landlord,
            "order": order,
            "provision": rows[order - 1]["provision"],
            "spoken": {duty.id: order >= 20 for duty in known[rows[order - 1]["provision"]].duties if duty.substantial},
            "doubtful": [],
        }
        for order in (18, 19, 21, 22)
    ]


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    """One fold a landlord; vectors of toys are not kept beside the shipped models."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "FOLDS", len(LANDLORDS))
        patch.setattr(train, "keep_pack_vectors", lambda pack, encoder: None)
        yield


@pytest.fixture(scope="module")
def fitted(data: Path) -> Fitted:
    return fit([form_examples(form, toy_models()) for form in load_training_forms(data)], None)


def test_the_same_text_gives_the_same_heads_and_card(data: Path, tmp_path: Path) -> None:
    cards = [train.train(data, tmp_path / name, toy_models()) for name in ("one", "two")]
    assert cards[0] == cards[1]
    for name in ("card.json", "duties.onnx", "rows.onnx", "sentences.onnx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    assert json.loads((tmp_path / "one" / "card.json").read_text(encoding="utf-8"))["held_out"].keys() == set(OUTPUTS)
    assert cards[0]["largest_export_difference"] <= TOLERANCE
    assert (cards[0]["rows"], cards[0]["landlords"]) == (len(ROWS) * len(LANDLORDS), len(LANDLORDS))
    assert cards[0]["thresholds"].keys() == set(OUTPUTS)
    assert all(0 <= cut <= 1 for cut in cards[0]["thresholds"].values())


def test_exported_heads_say_what_scikit_learn_says(fitted: Fitted, tmp_path: Path) -> None:
    difference = export_heads(fitted.rows, fitted.features, tmp_path / "rows.onnx")
    session = ort.InferenceSession(str(tmp_path / "rows.onnx"), providers=["CPUExecutionProvider"])
    exported = run_heads(session, fitted.features, OUTPUTS)
    original = np.stack([head.predict_proba(fitted.features)[:, 1] for head in fitted.rows], axis=1)
    assert np.abs(exported - original).max() == pytest.approx(difference)
    assert difference <= 1e-5


def test_a_broken_export_is_refused_and_nothing_is_written(
    fitted: Fitted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import skl2onnx

    def broken(head: Any, **options: Any) -> Any:
        """Export other probabilities without a word, as real exporters have done."""
        model = head[-1]
        if not hasattr(model, "intercept_"):
            return right(head, **options)
        model.intercept_ = model.intercept_ + 0.01
        made = right(head, **options)
        model.intercept_ = model.intercept_ - 0.01
        return made

    right: Callable[..., Any] = skl2onnx.to_onnx
    monkeypatch.setattr(skl2onnx, "to_onnx", broken)
    with pytest.raises(ModelError, match="differ from scikit-learn"):
        export_heads(fitted.rows, fitted.features, tmp_path / "heads" / "rows.onnx")
    assert not (tmp_path / "heads").exists()


def test_shapes_are_those_of_the_names(fitted: Fitted) -> None:
    rows = len(ROWS) * len(LANDLORDS)
    assert fitted.features.shape == (rows, len(ROW_NAMES) + 3 * len(SENTENCE_FLAGS))
    assert fitted.sentences[0].n_features_in_ == SIZE + len(SENTENCE_NAMES)
    assert fitted.targets.shape == fitted.held_out.shape == (rows, len(OUTPUTS))
    assert ((fitted.held_out > 0) & (fitted.held_out < 1)).all()


def test_every_landlord_is_held_out_once_and_with_all_its_rows() -> None:
    names = [name for name in LANDLORDS for _ in range(5)]
    held = list(folds(names))
    assert sorted(name for fold in held for name in fold) == sorted(LANDLORDS)
    assert held == list(folds(names[::-1]))


def test_no_training_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="holds no training rows"):
        train.train(tmp_path, tmp_path / "heads", toy_models())


def test_other_text_gives_another_version(data: Path, tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    copied = tmp_path / "rows" / "elmfold-2024.jsonl"
    copied.write_bytes((data / "rows" / "elmfold-2024.jsonl").read_bytes())
    before = fingerprint(tmp_path)
    copied.write_bytes(copied.read_bytes().replace(b"ledger", b"logbook"))
    assert fingerprint(tmp_path) != before


def test_a_split_leaves_out_whole_sections(data: Path) -> None:
    form = load_training_forms(data)[0]
    kept, gone = sections.without_sections(form, {5, 6}), sections.without_sections(form, {1, 2, 3, 4, 7, 8, 9})
    assert {row.section for row in kept.form.rows}.isdisjoint({row.section for row in gone.form.rows})
    assert len(kept.labels) + len(gone.labels) == len(form.labels)
    assert [label.provision for label in kept.labels] == [row.number for row in kept.form.rows]
    assert sorted(section for split in sections.SPLITS for section in split) == list(range(1, 10))


def test_sections_left_out_are_judged_by_heads_that_never_saw_them(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int]] = []

    def watched(forms: Any, singles: Any) -> Fitted:
        seen.append({row.row.section for form in forms for row in form.view.rows})
        return fit(forms, singles)

    monkeypatch.setattr(sections, "fit", watched)
    figures = sections.measure_sections(data, toy_models(), splits=[(9,)])
    assert seen == [set(range(1, 9))]
    assert figures["f1"]["sections"].keys() == figures["f1"]["landlords"].keys() == set(ROW_FLAGS)
    assert all(value is None or 0 <= value <= 1 for value in figures["f1"]["sections"].values())
