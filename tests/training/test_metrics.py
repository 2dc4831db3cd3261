"""Each figure against a value worked out by hand in the comment beside it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.training import metrics
from evidencereview.training.calibration import bins_of, brier, calibrate, expected_error
from evidencereview.training.metrics import Counts

T, F = True, False
grades = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)
marks = st.lists(st.tuples(*[st.booleans()] * 6), min_size=1, max_size=20)


def test_micro_f1_pools_over_rows() -> None:
    # gold 4, said 3, hits 2 -> F1 = 2*2 / (4+3) = 4/7
    gold = [[T, T, F], [F, T, F], [F, F, T]]
    said = [[T, F, F], [F, T, F], [T, F, F]]
    assert metrics.micro_f1(gold, said) == pytest.approx(4 / 7)
    assert metrics.false_flags(gold, said) == 1


def test_micro_f1_without_any_flag_is_not_measured() -> None:
    assert metrics.micro_f1([[F, F]], [[F, F]]) is None
    assert metrics.micro_f1([[F, F]], [[T, F]]) == 0.0


def test_counts_a_flag() -> None:
    # column 1: gold 2, said 3, hit 1 -> precision 1/3, recall 1/2, F1 = 2/5; column 2: nothing anywhere
    first, second = metrics.count_flags([[T, F], [T, F], [F, F], [F, F]], [[T, F], [F, F], [T, F], [T, F]])
    assert first == Counts(gold=2, said=3, hit=1)
    assert (first.precision, first.recall, first.f1) == (pytest.approx(1 / 3), 0.5, pytest.approx(0.4))
    assert (second.precision, second.recall, second.f1) == (None, None, None)


def test_macro_f1_counts_flags_with_three_gold_rows() -> None:
    # F1s: 2*3/(3+3) = 1 and 2*2/(4+4) = 0.5 -> mean 0.75; flags with two gold rows or none do not count
    counts = [Counts(3, 3, 3), Counts(4, 4, 2), Counts(2, 2, 0), Counts(0, 5, 0)]
    assert metrics.macro_f1(counts) == pytest.approx(0.75)
    assert metrics.macro_f1(counts[2:]) is None


def test_kappa_weighs_by_the_square_of_the_distance() -> None:
    # gold 0 1 2 3, said 0 1 2 1: observed disagreement (3-1)^2 / 4 = 1.
    # chance: mean of (i-j)^2 over the marginals: said counts 0:1 1:2 2:1;
    #   against gold 0..3: said 0 -> 0+1+4+9 = 14; said 1 -> 1+0+1+4 = 6, twice 12; said 2 -> 4+1+0+1 = 6.
    #   sum 32 / 16 = 2
    # kappa = 1 - 1/2 = 0.5
    assert metrics.kappa([0, 1, 2, 3], [0, 1, 2, 1]) == pytest.approx(0.5)


def test_kappa_at_its_ends() -> None:
    assert metrics.kappa([0, 1, 2, 3], [0, 1, 2, 3]) == pytest.approx(1.0)
    assert metrics.kappa([0, 3, 0, 3], [3, 0, 3, 0]) == pytest.approx(-1.0)
    assert metrics.kappa([0, 1, 2, 3], [2, 2, 2, 2]) == pytest.approx(0.0)
    assert metrics.kappa([2, 2], [2, 2]) is None
    assert metrics.kappa([], []) is None


def test_ndcg_by_hand() -> None:
    # list 1 3 0 2: gains 1 7 0 3; discounts log2(2..5) = 1, 1.585, 2, 2.3219
    #   1/1 + 7/1.58496 + 0 + 3/2.32193 = 1 + 4.41651 + 1.29203 = 6.70854
    # best 3 2 1 0: 7 + 3/1.58496 + 1/2 = 7 + 1.89279 + 0.5 = 9.39279; ratio 0.71422
    assert metrics.ndcg([1, 3, 0, 2]) == pytest.approx(0.71422, abs=1e-5)


def test_ndcg_looks_at_ten_places_of_the_list_but_at_the_whole_form_for_the_best() -> None:
    # the only row worth anything stands eleventh: nothing gained of the 7 that were to be had
    assert metrics.ndcg([0] * 10 + [3]) == 0.0
    # tenth: 1 / log2(11) of it
    assert metrics.ndcg([0] * 9 + [3]) == pytest.approx(1 / math.log2(11))
    assert metrics.ndcg([3, 2, 1, 0] + [0] * 20) == pytest.approx(1.0)
    assert metrics.ndcg([0, 0]) is None


def test_early_by_hand() -> None:
    # three threes, so the first six places: two of them stand there (1st, 5th), the last one is eighth
    assert metrics.early([3, 0, 1, 2, 3, 0, 0, 3]) == (2, 3)
    assert metrics.early([3, 3]) == (2, 2)
    assert metrics.early([0, 0, 3]) == (0, 1)
    assert metrics.early([1, 2]) == (0, 0)


def test_early_over_some_rows_keeps_the_places() -> None:
    # three threes give six places although only two are asked about: 1st stands within, 8th does not
    assert metrics.early([3, 0, 1, 2, 3, 0, 0, 3], [T, T, T, T, F, T, T, T]) == (1, 2)


@pytest.mark.parametrize(
    ("gold", "said", "overlap"),
    [
        ("will be reviewed in May", "will be reviewed in May", 1.0),
        ("Will be reviewed, in May.", "will be reviewed in may", 1.0),
        ("will be reviewed in May", "be reviewed", 2 / 5),
        ("a b c", "b c d", 2 / 4),  # two words shared of four
        ("the the end", "the end", 2 / 3),  # a word counts as often as it stands
        ("landlord's", "landlord’s", 1.0),
        ("a b", "c", 0.0),
        ("a b", "", 0.0),
        ("", "", 0.0),
    ],
)
def test_word_overlap(gold: str, said: str, overlap: float) -> None:
    assert metrics.word_overlap(gold, said) == pytest.approx(overlap)


def test_spans_count_from_one_half_up_and_only_where_gold_has_words() -> None:
    # 1.0 and 0.5 are enough, 0.49 is not, nan has no gold words: 2 of 3
    assert metrics.span_hits([1.0, 0.5, 0.49, float("nan")]) == (2, 3)
    assert metrics.span_hits([]) == (0, 0)


def test_pairs_know_no_order() -> None:
    # said {5.1, 5.2} and {2.8, 5.3}; true {5.2, 5.1}, {4.3, 6.2}, {4.2, 5.16}; in both: one
    gold = [frozenset(("5.2", "5.1")), frozenset(("4.3", "6.2")), frozenset(("4.2", "5.16")), frozenset(("5.1", "5.2"))]
    said = [frozenset(("5.1", "5.2")), frozenset(("2.8", "5.3"))]
    assert metrics.pair_counts(gold, said) == metrics.PairCounts(said=2, true=3, both=1)


def test_mean_passes_over_what_was_not_measured() -> None:
    assert metrics.mean([0.5, None, 1.0]) == 0.75
    assert metrics.mean([None]) is None


def test_brier_by_hand() -> None:
    # (0.9-1)^2 + (0.2-0)^2 + (0-1)^2 = 0.01 + 0.04 + 1 = 1.05; over three rows 0.35
    assert brier([0.9, 0.2, 0.0], [1, 0, 1]) == pytest.approx(0.35)


def test_bins_by_hand() -> None:
    # 0.3 opens its own bin; 0.85 and 0.89 share one (mean 0.87, half true); 1.0 belongs to the last
    bins = bins_of([0.3, 0.85, 0.89, 1.0], [0, 1, 0, 1])
    assert [(b.low, b.high, b.rows) for b in bins] == [(0.3, 0.4, 1), (0.8, 0.9, 2), (0.9, 1.0, 1)]
    assert [(round(b.confidence, 6), b.share) for b in bins] == [(0.3, 0.0), (0.87, 0.5), (1.0, 1.0)]
    # gaps 0.3, 0.37, 0 weighted 1, 2, 1 of four: (0.3 + 0.74) / 4 = 0.26
    assert expected_error(bins) == pytest.approx(0.26)
    assert calibrate("off-topic", [0.3, 0.85, 0.89, 1.0], [0, 1, 0, 1]).expected_error == pytest.approx(0.26)


@given(grades)
def test_kappa_is_bounded_and_symmetric(pairs: list[tuple[int, int]]) -> None:
    gold, said = [a for a, _ in pairs], [b for _, b in pairs]
    value = metrics.kappa(gold, said)
    assert value is None or -1.0000001 <= value <= 1.0000001
    assert value == pytest.approx(metrics.kappa(said, gold))


@given(grades, st.randoms(use_true_random=False))
def test_kappa_does_not_depend_on_the_order_of_rows(pairs: list[tuple[int, int]], random: object) -> None:
    mixed = list(pairs)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert metrics.kappa(*zip(*pairs, strict=True)) == pytest.approx(metrics.kappa(*zip(*mixed, strict=True)))


@given(marks, st.randoms(use_true_random=False))
def test_f1_is_bounded_and_does_not_depend_on_order(rows: list[tuple[bool, ...]], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    values = [metrics.micro_f1(np.array(each)[:, :3], np.array(each)[:, 3:]) for each in (rows, mixed)]
    assert values[0] == values[1]
    assert values[0] is None or 0 <= values[0] <= 1


@given(marks)
def test_a_perfect_prediction_is_one_and_its_opposite_nought(rows: list[tuple[bool, ...]]) -> None:
    gold = np.array(rows)
    assert metrics.micro_f1(gold, gold) == (1.0 if gold.any() else None)
    assert metrics.micro_f1(gold, ~gold) == 0.0


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_the_best_list_has_ndcg_one_and_every_list_less_or_as_much(tiers: list[int]) -> None:
    best = metrics.ndcg(sorted(tiers, reverse=True))
    value = metrics.ndcg(tiers)
    assert best == (pytest.approx(1.0) if any(tiers) else None)
    assert value is None or 0 <= value <= 1.0000001


@given(st.lists(st.integers(0, 3), max_size=40))
def test_early_is_bounded_and_full_for_the_best_list(tiers: list[int]) -> None:
    near, rows = metrics.early(tiers)
    assert 0 <= near <= rows == tiers.count(3)
    assert metrics.early(sorted(tiers, reverse=True)) == (rows, rows)


@given(st.text(max_size=60), st.text(max_size=60))
def test_word_overlap_is_bounded_symmetric_and_one_for_equals(one: str, other: str) -> None:
    value = metrics.word_overlap(one, other)
    assert 0 <= value <= 1
    assert value == metrics.word_overlap(other, one)
    assert metrics.word_overlap(one, one) == (1.0 if metrics.words_of(one) else 0.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_every_row_falls_into_one_bin(rows: list[tuple[float, bool]]) -> None:
    sure, true = zip(*rows, strict=True)
    bins = bins_of(sure, true)
    assert sum(each.rows for each in bins) == len(rows)
    assert all(each.low - 1e-6 <= each.confidence <= each.high + 1e-6 for each in bins)
    assert 0 <= expected_error(bins) <= 1
