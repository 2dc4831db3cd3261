"""Weights and activations as eight-bit integers, so that no processor overflows and little is lost.

Processors without the newer integer instructions add two products of neighbouring inputs in sixteen bits and cut the sum
off silently; with unsigned inputs up to 255 that happens when two neighbouring weights of one sign sum to more than 128.
Weights are scaled so that no pair does. Inputs of a matrix are first divided by a factor a column, and the matrix
multiplied by it, which takes large columns out of the inputs (the share of the factor that each side bears is tried out).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencereview.training.encoder_weights import Array

LARGEST = 127
LARGEST_PAIR = 128
LEVELS = 255
# How far beyond the values seen the fixed range of inputs reaches.
MARGIN = 1.1
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
TINY = 1e-6


@dataclass(frozen=True)
class Rounded:
    """Integers of shape (inputs, outputs) and their scales, shape (outputs,)."""

    integers: NDArray[np.int8]
    scales: Array

    @property
    def weight(self) -> Array:
        """The matrix that the integers stand for."""
        return self.integers * self.scales


@dataclass(frozen=True)
class Fixed:
    """A rounded matrix whose inputs are divided by `factors`, shape (inputs,), and rounded with one fixed step.

    An input x becomes the integer x / factor / step + zero, within 0 to 255.
    """

    rounded: Rounded
    factors: Array
    step: float
    zero: int


def rounded(weight: Array) -> Rounded:
    """Return a matrix (inputs, outputs; an even number of inputs) as integers with one scale an output column."""
    scales = np.maximum(np.abs(weight).max(axis=0) / LARGEST, _pairs(weight).max(axis=0) / LARGEST_PAIR)
    scales = np.maximum(scales, TINY)
    integers = np.clip(np.rint(weight / scales), -LARGEST, LARGEST)
    return Rounded(_within_pairs(integers).astype(np.int8), scales)


def _pairs(weight: Array) -> Array:
    """Return, for each pair of neighbouring inputs, the larger of its summed positive and its summed negative weights."""
    positive, negative = np.maximum(weight, 0.0), np.maximum(-weight, 0.0)
    return np.asarray(np.maximum(positive[0::2] + positive[1::2], negative[0::2] + negative[1::2]))


def _within_pairs(integers: Array) -> Array:
    """Take one off the larger of two neighbours that rounding has pushed over the limit."""
    first, second = integers[0::2].copy(), integers[1::2].copy()
    over = _pairs(integers) > LARGEST_PAIR
    on_first = over & (np.abs(first) >= np.abs(second))
    on_second = over & ~on_first
    first[on_first] -= np.sign(first[on_first])
    second[on_second] -= np.sign(second[on_second])
    return np.stack([first, second], axis=1).reshape(integers.shape)


def fixed(weight: Array, inputs: Array) -> Fixed:
    """Round a matrix (inputs, outputs) for inputs like those seen, shape (pieces, inputs), with the least error."""
    low, high = _range(inputs)
    options = [_with_share(weight, low, high, share) for share in SHARES]
    return min(options, key=lambda option: _error(option, weight, inputs))


def _range(inputs: Array) -> tuple[Array, Array]:
    """Return the range of each input; rounded to three figures, so that another machine makes the same file."""
    ends = [np.array([float(f"{value * MARGIN:.2e}") for value in end]) for end in (inputs.min(0), inputs.max(0))]
    return np.minimum(ends[0], -TINY), np.maximum(ends[1], TINY)


def _with_share(weight: Array, low: Array, high: Array, share: float) -> Fixed:
    largest = np.maximum(np.maximum(-low, high), TINY)
    heaviest = np.maximum(np.abs(weight).max(axis=1), TINY)
    factors = largest**share / heaviest ** (1.0 - share)
    lowest, highest = float((low / factors).min()), float((high / factors).max())
    step = (highest - lowest) / LEVELS
    return Fixed(rounded(weight * factors[:, None]), factors, step, round(-lowest / step))


def _error(option: Fixed, weight: Array, inputs: Array) -> float:
    """Mean over pieces of the squared error, relative to what the piece should give."""
    integers = np.clip(np.rint(inputs / option.factors / option.step) + option.zero, 0, LEVELS)
    given = (integers - option.zero) * option.step @ option.rounded.weight
    wanted = inputs @ weight
    return float((((given - wanted) ** 2).sum(axis=1) / (wanted**2).sum(axis=1)).mean())
