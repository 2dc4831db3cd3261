"""Calibration at the share of published forms: where an output is cut, and what lifts a mean to a share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.language.features import OUTPUTS
from evidencereview.language.platt import log_odds
from evidencereview.training.prevalence import (
    LEAST_CHANCE,
    PUBLISHED_SHIFTS,
    REAL_SHARES,
    calibrated_output,
    matching_cut,
    threshold,
    wanted_shift,
)


def _ranked(rows: int, share: float, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Targets with the given share, and probabilities that follow them with some noise."""
    random = np.random.default_rng(7)
    targets = (random.random(rows) < share).astype(np.int64)
    odds = 2.0 * targets - 1.0 + random.normal(0, noise, rows)
    return 1 / (1 + np.exp(-odds)), targets


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=30), st.floats(0.05, 0.95))
def test_a_wanted_shift_makes_the_mean_the_share(chances: list[float], share: float) -> None:
    shift = wanted_shift(np.asarray(chances), share)
    assert (1 / (1 + np.exp(-(log_odds(np.asarray(chances)) + shift)))).mean() == pytest.approx(share, abs=1e-3)


def test_no_shift_is_wanted_where_the_mean_is_the_share() -> None:
    assert wanted_shift(np.asarray([0.2, 0.4]), 0.3) == pytest.approx(0.0, abs=1e-3)


def test_a_step_of_a_scale_is_said_as_often_as_it_is_there() -> None:
    raw, targets = _ranked(2000, 0.3, 2.0)
    found = calibrated_output("relevance>=3", raw, targets, 0.3)
    chances = found.chances(raw)
    assert found.cut == matching_cut(chances, targets, 0.3) != threshold(chances, targets, 0.3)
    assert (chances >= found.cut).mean() == pytest.approx(0.3, abs=0.02)


def test_a_shift_moves_the_chances_and_not_the_cut() -> None:
    found = calibrated_output("relevance>=3", *_ranked(500, 0.3, 2.0), 0.3)
    moved = found.shifted(0.5)
    chance = np.asarray([0.4])
    assert log_odds(moved.chances(chance)) - log_odds(found.chances(chance)) == pytest.approx(0.5)
    assert (moved.cut, moved.slope) == (found.cut, found.slope)


def test_a_rare_flag_is_not_said_where_it_is_less_likely_than_not_by_far() -> None:
    chances, targets = _ranked(2000, 0.05, 1.5)
    assert threshold(chances, targets, 0.05) >= LEAST_CHANCE
    assert calibrated_output("hedged-practice", chances, targets, 0.05).cut >= LEAST_CHANCE


def test_what_decides_a_grade_as_well_is_cut_where_its_own_f1_is_best() -> None:
    chances, targets = _ranked(2000, 0.05, 1.5)
    found = calibrated_output("off-topic", chances, targets, 0.05)
    assert found.cut < LEAST_CHANCE
    assert found.f1 >= calibrated_output("hedged-practice", chances, targets, 0.05).f1


def test_every_output_has_a_share_and_every_shift_an_output() -> None:
    assert set(OUTPUTS) <= REAL_SHARES.keys()
    assert PUBLISHED_SHIFTS.keys() <= set(OUTPUTS)
