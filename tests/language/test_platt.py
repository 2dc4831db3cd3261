"""Platt's sigmoid: chances of probabilities and of log-odds, cut at the same place."""

from __future__ import annotations

import numpy as np
import pytest

from evidencereview.language.platt import calibrated, chances_of_odds, log_odds


@pytest.mark.parametrize("chance", [0.001, 0.3, 0.5, 0.97])
def test_a_plain_sigmoid_gives_back_what_it_got(chance: float) -> None:
    assert calibrated(np.asarray([chance]), 1.0, 0.0) == pytest.approx([chance])
    assert chances_of_odds(log_odds(np.asarray([chance])), 1.0, 0.0) == pytest.approx([chance])


def test_slope_and_intercept_are_those_of_the_log_odds() -> None:
    assert chances_of_odds(np.asarray([2.0]), 0.5, 1.0) == pytest.approx([1 / (1 + np.exp(-2.0))])


def test_certainty_is_cut_alike_whether_it_comes_as_chance_or_as_odds() -> None:
    sure = np.asarray([0.0, 1.0])
    assert calibrated(sure, 1.0, 0.0) == pytest.approx([1e-4, 1 - 1e-4])
    assert chances_of_odds(np.asarray([-50.0, 50.0]), 1.0, 0.0) == pytest.approx([1e-4, 1 - 1e-4])
