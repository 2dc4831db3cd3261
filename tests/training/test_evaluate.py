from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import jsonschema
import pytest

from evidencereview.errors import LabelError, ModelError
from evidencereview.records import Failure
from evidencereview.training.evaluate import evaluate_reviews, wrong_rows
from evidencereview.training.evaluation import Evaluation
from evidencereview.training.judgements import judgements_of
from evidencereview.training.keywords import keyword_baseline
from evidencereview.training.labels import CONSISTENCY_FLAGS, Label
from evidencereview.training.measure import bootstrap
from evidencereview.training.tables import build_table

from .invented import a_finding, a_label, a_review, a_row, an_item, review_that_says

SCHEMA = json.loads(resources.files("evidencereview.training").joinpath("evaluation-1.schema.json").read_text("utf-8"))
ELMFOLD = (
    a_label("1.2", "generic-reference", tier=2, spans={"generic-reference": "Our policy covers it"}),
    a_label("1.3", "contradiction", tier=3, linked=("1.4",), relevance=3),
    a_label("1.4", "contradiction", "generic-reference", tier=3, linked=("1.3",), specificity=2),
    a_label("1.5", "boilerplate", "generic-reference", tier=1),
    a_label("1.6", tier=0, relevance=3, specificity=3),
)
WITHY = tuple(replace(label, form="withy-green") for label in ELMFOLD)


def of_two_forms(**options: object) -> Evaluation:
    reviews = [review_that_says(ELMFOLD), review_that_says(WITHY)]
    return evaluate_reviews(reviews, [ELMFOLD, WITHY], baselines={}, **options)  # type: ignore[arg-type]


def off_by_some() -> Evaluation:
    """elmfold is right; withy-green says hedged-practice of 1.6 and nothing else, all tiers 1, in printed order."""
    items = [
        an_item(row, n, 1, (2, 1), [a_finding(row, "hedged-practice")] if row.number == "1.6" else [])
        for n, row in enumerate((a_row(label.provision, form="withy-green") for label in reversed(WITHY)), 1)
    ]
    return evaluate_reviews([review_that_says(ELMFOLD), a_review(items)], [ELMFOLD, WITHY], baselines={})


def test_a_perfect_review_scores_one_everywhere() -> None:
    figures = of_two_forms().pooled
    assert (figures.micro_f1, figures.macro_f1, figures.ndcg, figures.early, figures.spans) == (1, 1, 1, 1, 1)
    assert (figures.kappa_relevance, figures.kappa_specificity, figures.kappa_tier) == (1, 1, 1)
    assert figures.false_flags == 0
    assert figures.rows == 10
    assert (figures.pairs.said, figures.pairs.true, figures.pairs.both) == (2, 2, 2)


def test_pooled_figures_by_hand() -> None:
    evaluation = off_by_some()
    elmfold, withy = evaluation.forms
    # micro-F1*: 1 and 0 (no hit), the mean over forms 0.5; the worst form is the second
    assert (elmfold.micro_f1, withy.micro_f1, evaluation.pooled.micro_f1) == (1.0, 0.0, 0.5)
    assert evaluation.review.worst == withy
    # macro-F1: generic-reference gold 6, said 3, hit 3 -> 2*3/9; contradiction gold 4, said 2, hit 2 -> 4/6;
    # boilerplate has two gold rows and does not count: mean of 2/3 and 2/3
    assert evaluation.pooled.macro_f1 == pytest.approx(2 / 3)
    # early: two of two, and of the second form's list 1.6 1.5 1.4 1.3 1.2 the first four places hold both: four of four
    assert evaluation.pooled.early == 1.0
    # false flags: none and one, half a flag a form
    assert evaluation.pooled.false_flags == 0.5
    assert (evaluation.pooled.pairs.said, evaluation.pooled.pairs.true, evaluation.pooled.pairs.both) == (1, 2, 1)
    # nDCG of 0 1 3 3 2 in the second form, 1 in the first:
    #   1/1.58496 + 7/2 + 7/2.32193 + 3/2.58496 = 0.63093 + 3.5 + 3.01474 + 1.16056 = 8.30623
    #   best 3 3 2 1 0: 7 + 4.41651 + 1.5 + 0.43068 = 13.34719; ratio 0.62232; mean with 1: 0.81116
    assert evaluation.pooled.ndcg == pytest.approx(0.81116, abs=1e-5)


def test_kappa_is_taken_over_all_rows_and_not_as_a_mean() -> None:
    # relevance gold 2 3 2 2 3 twice; said the same, then five times 2.
    # observed: two rows of ten off by one: 0.2
    # chance: gold has 3 in 4 of 10, said has it in 2 of 10: 0.4*0.8 + 0.6*0.2 = 0.44
    # kappa = 1 - 0.2/0.44 = 0.54545; a mean of the forms would be (1 + 0) / 2
    assert off_by_some().pooled.kappa_relevance == pytest.approx(1 - 0.2 / 0.44)


def test_boilerplate_counts_for_macro_and_not_for_micro() -> None:
    labels = [a_label(f"2.{n}", "boilerplate") for n in range(1, 4)] + [a_label("2.4", "off-topic")]
    said = [replace(label, flags=()) if label.provision != "2.4" else label for label in labels]
    figures = evaluate_reviews([review_that_says(said)], [labels], baselines={}).pooled
    assert figures.micro_f1 == 1.0
    assert figures.macro_f1 == 0.0


def test_rare_flags_are_listed_hit_by_hit() -> None:
    evaluation = off_by_some()
    listed = {(row.flag, row.form, row.provision, row.outcome) for row in evaluation.rare}
    assert listed == {
        ("boilerplate", "elmfold", "1.5", "hit"),
        ("boilerplate", "withy-green", "1.5", "missed"),
        ("hedged-practice", "withy-green", "1.6", "false"),
    }


def test_flags_can_be_left_out_of_micro_macro_and_early() -> None:
    # Without the two consistency flags nothing in tier 3 is left to be early, and only generic-reference is counted.
    silent = [replace(label, flags=tuple(set(label.flags) - {"contradiction"}), linked=()) for label in ELMFOLD]
    review = review_that_says(silent)
    whole = evaluate_reviews([review], [ELMFOLD], baselines={})
    partly = evaluate_reviews([review], [ELMFOLD], baselines={}, left_out=CONSISTENCY_FLAGS)
    # gold 5, said 3, hit 3 over all but boilerplate -> 6/8; without contradiction 3 of 3
    assert (whole.pooled.micro_f1, partly.pooled.micro_f1) == (0.75, 1.0)
    assert (whole.pooled.early, partly.pooled.early) == (1.0, None)
    assert [each.flag for each in partly.flags if not each.counted] == ["requirement-conflict", "contradiction"]
    assert partly.left_out == ("contradiction", "requirement-conflict")


def test_the_surest_finding_speaks_for_its_flag() -> None:
    row = a_row("1.2", "Our policy covers it. Our website too.")
    shown = {"Our website too": 0.6, "Our policy covers it": 0.8}
    findings = [a_finding(row, "generic-reference", words, sure) for words, sure in shown.items()]
    (judgement,) = judgements_of(a_review([an_item(row, 1, 2, (2, 1), findings)]))
    assert judgement.words == {"generic-reference": "Our policy covers it"}
    assert judgement.flags == {"generic-reference": 0.8}


@pytest.mark.parametrize(("words", "share"), [("Our policy covers it", 1.0), ("Our policy", 1.0), ("Our", 0.0), ("", 0.0)])
def test_spans_are_measured_on_true_positives_with_gold_words(words: str, share: float) -> None:
    # four, two, one or none of the four words; one half is enough. The flag of 1.3 has no gold words.
    labels = (ELMFOLD[0], a_label("1.3", "off-topic"))
    rows = [a_row("1.2"), a_row("1.3")]
    items = [
        an_item(rows[0], 1, 2, (2, 1), [a_finding(rows[0], "generic-reference", words)]),
        an_item(rows[1], 2, 1, (2, 1), [a_finding(rows[1], "off-topic", "Our policy")]),
    ]
    assert evaluate_reviews([a_review(items)], [labels], baselines={}).pooled.spans == share


def test_confidence_is_measured_and_a_head_s_probability_goes_before_it() -> None:
    labels = [a_label("1.2", "off-topic"), a_label("1.3")]
    review = review_that_says(labels)
    sure = evaluate_reviews([review], [labels], baselines={})
    heads = [{"off-topic": {"1.2": 0.5, "1.3": 0.5}}]
    unsure = evaluate_reviews([review], [labels], baselines={}, probabilities=heads)
    # said with 1 and with 0: no error; one half on both rows: a quarter each
    assert [each.brier for each in sure.calibration] == [0.0]
    assert [(each.flag, each.brier) for each in unsure.calibration] == [("off-topic", 0.25)]


def test_the_order_of_forms_and_labels_changes_nothing() -> None:
    one = evaluate_reviews([review_that_says(ELMFOLD)], [ELMFOLD], baselines={})
    other = evaluate_reviews([review_that_says(ELMFOLD)], [ELMFOLD[::-1]], baselines={})
    assert one.to_dict() == other.to_dict()


def test_wrong_rows_name_what_is_missing_and_what_is_extra() -> None:
    items = list(review_that_says(ELMFOLD).items)
    place = next(n for n, item in enumerate(items) if item.row.number == "1.5")
    row = items[place].row
    items[place] = replace(items[place], tier=2, findings=(a_finding(row, "off-topic"), a_finding(row, "boilerplate")))
    (wrong,) = wrong_rows(a_review(items), ELMFOLD)
    assert (wrong.form, wrong.provision) == ("elmfold", "1.5")
    assert (wrong.missing, wrong.extra) == (("generic-reference",), ("off-topic",))
    assert (wrong.tier, wrong.relevance) == ((1, 2), (2, 2))


def test_refuses_what_does_not_belong_together() -> None:
    review = review_that_says(ELMFOLD)
    with pytest.raises(LabelError, match=r"no row for 1\.7"):
        evaluate_reviews([review], [[*ELMFOLD, a_label("1.7")]])
    with pytest.raises(LabelError, match=r"no label for 1\.2"):
        evaluate_reviews([review], [ELMFOLD[1:]])
    with pytest.raises(LabelError, match="labels of withy-green"):
        evaluate_reviews([review], [WITHY])
    with pytest.raises(LabelError, match="1 forms and 0 sets of labels"):
        evaluate_reviews([review], [])
    with pytest.raises(LabelError, match="0 forms"):
        evaluate_reviews([], [])
    with pytest.raises(LabelError, match="unknown flag 'boilerplait'"):
        evaluate_reviews([review], [ELMFOLD], left_out=["boilerplait"])
    with pytest.raises(LabelError, match="does not hold every row"):
        build_table("elmfold", [(a_row("1.2"), ELMFOLD[0])], [])


def test_a_crashed_check_and_a_strange_flag_are_noted() -> None:
    review = review_that_says(ELMFOLD)
    item = review.items[0]
    strange = replace(item, findings=(*item.findings, a_finding(item.row, "too-cheerful")))
    broken = replace(review, items=(strange, *review.items[1:]), failures=(Failure("ER301", "KeyError: 'x'"),))
    notes = evaluate_reviews([broken], [ELMFOLD], baselines={}).notes
    assert notes == (
        "elmfold: check ER301 crashed (KeyError: 'x')",
        "flag 'too-cheerful' has no labels and was not measured",
    )


def test_a_baseline_without_its_model_is_noted_and_left_out() -> None:
    def none(rows: object) -> list[object]:
        raise ModelError("the encoder is missing", "run make encoder")

    judges = {"cosine only": none, "keywords": keyword_baseline}
    evaluation = evaluate_reviews([review_that_says(ELMFOLD)], [ELMFOLD], baselines=judges)  # type: ignore[arg-type]
    assert [each.name for each in evaluation.baselines] == ["keywords"]
    assert evaluation.notes == ("baseline 'cosine only' left out: the encoder is missing; run make encoder",)


@pytest.mark.parametrize("resamples", [0, 20])
def test_the_json_follows_its_schema(resamples: int) -> None:
    evaluation = evaluate_reviews(
        [review_that_says(ELMFOLD)], [ELMFOLD], baselines={"keywords": keyword_baseline}, resamples=resamples
    )
    record = json.loads(json.dumps(evaluation.to_dict(), allow_nan=False))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(record, SCHEMA)
    assert record["schema"] == "evidencereview-evaluation/1"
    assert record["worst_form"] == {"form": "elmfold", "micro_f1": 1.0}
    assert record["baselines"][0]["name"] == "keywords"
    assert (record["intervals"] is None) == (resamples == 0)


def test_the_schema_refuses_what_is_no_evaluation() -> None:
    record = of_two_forms().to_dict()
    for broken in ({**record, "extra": 1}, {**record, "forms": []}, {k: v for k, v in record.items() if k != "flags"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


def test_a_form_without_any_flag_has_no_micro_f1_and_is_passed_over() -> None:
    plain: tuple[Label, ...] = (a_label("3.1", form="oak-row"), a_label("3.2", form="oak-row"))
    evaluation = evaluate_reviews([review_that_says(plain), review_that_says(ELMFOLD)], [plain, ELMFOLD], baselines={})
    assert [each.micro_f1 for each in evaluation.forms] == [None, 1.0]
    assert evaluation.pooled.micro_f1 == 1.0
    assert " - " in evaluation.to_text()
    jsonschema.validate(evaluation.to_dict(), SCHEMA)


def test_the_text_fits_eighty_columns_and_shows_the_worst_form() -> None:
    evaluation = evaluate_reviews(
        [
            review_that_says(
                [replace(label, form="a-very-long-name-of-a-landlord\x1b[31m-and-more" * 3) for label in ELMFOLD]
            )
        ],
        [[replace(label, form="a-very-long-name-of-a-landlord\x1b[31m-and-more" * 3) for label in ELMFOLD]],
        baselines={"keywords": keyword_baseline},
        left_out=CONSISTENCY_FLAGS,
        resamples=5,
    )
    text = evaluation.to_text()
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    for words in ("Worst form: a-very-long", "keywords", "Rare flags", "boilerplate", "95% intervals", "leave out"):
        assert words in text
    assert "Worst form: withy-green, micro-F1* 0.00" in off_by_some().to_text()


def test_intervals_are_seeded_and_hold_the_figure() -> None:
    evaluation, again = of_two_forms(resamples=30, seed=7), of_two_forms(resamples=30, seed=7)
    assert evaluation.intervals == again.intervals
    assert evaluation.intervals is not None
    assert evaluation.intervals.figures["micro_f1"] == (1.0, 1.0)
    rows = [(a_row(label.provision), label) for label in ELMFOLD]
    said = [replace(j, flags={}) if j.provision == "1.2" else j for j in judgements_of(review_that_says(ELMFOLD))]
    table = build_table("elmfold", rows, said)
    low, high = bootstrap([table], 200, 1).figures["micro_f1"]
    # micro-F1* of the form itself: gold 5, said 4, hit 4 -> 8/9
    assert low < 8 / 9 < high
    assert bootstrap([table], 20, 1) != bootstrap([table], 20, 2)
